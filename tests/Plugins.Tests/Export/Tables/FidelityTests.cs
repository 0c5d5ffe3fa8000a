using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Export.Tables;

/// <summary>Hard values, from a server through a file or not, to a server, compared there.</summary>
[Collection(nameof(Databases))]
public sealed class FidelityTests(Databases databases)
{
    private const string PostgreSqlColumns =
        "id int PRIMARY KEY, b boolean, s smallint, l bigint, r real, d double precision, n numeric(28,9), any_n numeric, day date, "
        + "clock time, ts timestamp, tz timestamptz, t text, v varchar(40), c char(5), bin bytea, u uuid, j jsonb";

    private static readonly string[] s_postgreSqlRows =
    [
        "(1, true, 32767, 9223372036854775807, 0.1, 0.1, 9999999999999999999.999999999, 0.0000000001, '0001-01-01', '24:00', "
            + "'9999-12-31 23:59:59.999999', '2024-03-31 02:30:00.000001+02', E'a\\tb\\r\\n\"quoted\", ''single'' \\\\N \\\\', '', 'ab', '\\x00ff0a', "
            + "'6ecd8c99-4036-403d-bf84-cf8400f67836', '{\"a\": [1, \"\\u4e2d\"]}')",
        "(2, false, -32768, -9223372036854775808, 'NaN', 'Infinity', -0.000000001, -12345678901234567890.12345678, '9999-12-31', '00:00', "
            + "'0001-01-01', '0001-01-01 00:00:00Z', '', '中文😀', '', '', NULL, 'null')",
        "(3, NULL, NULL, NULL, '-Infinity', 5e-324, 0, 10000, '1582-10-10', '12:34:56.789012', '1969-12-31 23:59:59.999999', '2024-10-27 02:30:00+01', "
            + "'NULL', NULL, NULL, NULL, NULL, '[]')",
        "(4, NULL, 0, 0, 1e38, -1.7976931348623157e308, 1.1, 1, NULL, NULL, NULL, NULL, NULL, 'null', ' x', '\\x5c4e', NULL, NULL)",
    ];

    [Theory]
    [InlineData("csv")]
    [InlineData("csv", "compression=zstd", "csv.delimiter=;", "csv.null=\\N", "csv.encoding=gb18030", "csv.line.end=lf", "csv.zone=Asia/Shanghai")]
    [InlineData("csv", "csv.header=false", "compression=gzip")]
    [InlineData("json-lines")]
    [InlineData("parquet")]
    [InlineData("parquet", "compression=zstd", "parquet.group.rows=2")]
    public async Task PostgreSql_to_a_file_and_back(string format, params string[] settings)
    {
        var (from, to) = await MakeTablesAsync();
        using var folder = new TemporaryFolder();
        (string, string)[] shared = [("format", format), .. settings.Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]))];

        // Parquet has one scale for all values of a column, and that of this one is not known; and its times are text.
        if (format == "parquet") await databases.RunAsync(Databases.PostgreSql, AsText(from), AsText(to));

        var written = await RunAsync(folder, [("datasource", Databases.PostgreSql), ("sql", $"TABLE {from}"), ("to.file", "out"), .. shared]);
        var read = await RunAsync(folder, [("from.file", "out"), ("to.datasource", Databases.PostgreSql), ("to.table", to), .. shared]);

        Assert.Equal(("4", written.Outputs["checksum"]), (read.Outputs["rows"], read.Outputs["checksum"]));
        await AssertSameAsync(from, to);
    }

    [Fact]
    public async Task PostgreSql_to_PostgreSql()
    {
        var (from, to) = await MakeTablesAsync();

        await RunAsync(null, [("datasource", Databases.PostgreSql), ("sql", $"TABLE {from}"), ("to.datasource", Databases.PostgreSql), ("to.table", to)]);

        await AssertSameAsync(from, to);
    }

    [Fact]
    public async Task MariaDb_to_PostgreSql_and_back()
    {
        const string Columns =
            "id int PRIMARY KEY, b {0}, s smallint, l bigint, n decimal(38,10), r {1}, d {2}, day date, ts {3}, tz {4}, ti {5}, t {6}, c char(36), bin {7}";
        var (from, middle, to) = (Databases.NewTable(), Databases.NewTable(), Databases.NewTable());
        string mariaDb = string.Format(System.Globalization.CultureInfo.InvariantCulture,
            Columns, "tinyint(1)", "float", "double", "datetime(6)", "timestamp(6) NULL", "time(6)", "longtext", "longblob");
        string postgreSql = string.Format(System.Globalization.CultureInfo.InvariantCulture,
            Columns, "boolean", "real", "double precision", "timestamp", "timestamptz", "interval", "text", "bytea");
        await databases.RunAsync(Databases.MySql,
            $"CREATE TABLE {from} ({mariaDb})", $"CREATE TABLE {to} ({mariaDb})",
            $"""
            INSERT INTO {from} VALUES
                (1, 1, 32767, 9223372036854775807, 9999999999999999999999999999.9999999999, 0.1, 0.1, '1000-01-01', '9999-12-31 23:59:59.999999',
                    '2024-10-27 00:30:00.000001', '838:59:58.999999', 'a\tb\\n "q" ''s'' 中文😀', '6ECD8C99-4036-403D-BF84-CF8400F67836', X'00FF5C27'),
                (2, 0, -32768, -9223372036854775808, -0.0000000001, -1.5, 1e300, '9999-12-31', '1000-01-01', '1970-01-02 00:00:00', '-30:00:00', '', 'not a guid', X''),
                (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
            """);
        await databases.RunAsync(Databases.PostgreSql, $"CREATE TABLE {middle} ({postgreSql})");

        var there = await RunAsync(null,
            [("datasource", Databases.MySql), ("sql", $"SELECT * FROM {from}"), ("to.datasource", Databases.PostgreSql), ("to.table", middle)]);
        Assert.Equal(
            ["true|9999999999999999999999999999.9999999999|2024-10-27 00:30:00.000001+00|838:59:58.999999|6ECD8C99-4036-403D-BF84-CF8400F67836"],
            await databases.RowsAsync(Databases.PostgreSql, $"SELECT b::text, n::text, (tz AT TIME ZONE 'UTC')::text || '+00', ti::text, c FROM {middle} WHERE id = 1"));

        // The driver of PostgreSQL has no decimals of 38 digits, so they travel as text, which MariaDB would have to convert itself.
        var back = await RunAsync(null,
            [("datasource", Databases.PostgreSql), ("sql", $"SELECT * FROM {middle} WHERE id <> 1"), ("to.datasource", Databases.MySql), ("to.table", to)]);

        Assert.Equal(("3", "2"), (there.Outputs["rows"], back.Outputs["rows"]));
        foreach (var id in new[] { 2, 3 })
            Assert.Equal(
                await databases.RowsAsync(Databases.MySql, $"SELECT *, hex(bin), hex(t) FROM {from} WHERE id = {id}"),
                await databases.RowsAsync(Databases.MySql, $"SELECT *, hex(bin), hex(t) FROM {to} WHERE id = {id}"));
    }

    private async Task<(string From, string To)> MakeTablesAsync()
    {
        var (from, to) = (Databases.NewTable(), Databases.NewTable());
        await databases.RunAsync(Databases.PostgreSql,
            $"CREATE TABLE {from} ({PostgreSqlColumns})", $"CREATE TABLE {to} ({PostgreSqlColumns})", $"INSERT INTO {from} VALUES {string.Join(", ", s_postgreSqlRows)}");
        return (from, to);
    }

    private static string AsText(string table) => $"ALTER TABLE {table} ALTER any_n TYPE text, ALTER clock TYPE text";

    private async Task AssertSameAsync(string from, string to) => Assert.Empty(await databases.RowsAsync(Databases.PostgreSql,
        $"SELECT old::text, new::text FROM {from} old FULL JOIN {to} new ON old.id = new.id WHERE old::text IS DISTINCT FROM new::text"));

    private async Task<NodeResult.Succeeded> RunAsync(TemporaryFolder? folder, (string Key, string Value)[] settings)
    {
        using var context = databases.Context(settings);
        var plugin = new ExportPlugin(new ExportOptions { Folder = folder?.Path ?? context.Folder.Path });
        var result = await plugin.RunAsync(context, default);
        return Assert.IsType<NodeResult.Succeeded>(result is NodeResult.Failed failed ? throw new Xunit.Sdk.XunitException($"{failed.Code}: {failed.Message}") : result);
    }
}
