using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Export.Tables;

[Collection(nameof(Databases))]
public sealed class TableExportTests(Databases databases)
{
    private const string Two = "SELECT 1 AS id, 'new' AS name, 'a' AS part UNION ALL SELECT 3, 'three', 'a'";

    [Theory, InlineData(Databases.PostgreSql), InlineData(Databases.MySql)]
    public async Task Append_keeps_the_rows_that_are_there(string kind)
    {
        var table = await MakeTableAsync(kind);

        var result = await ExportAsync(kind, table, Two.Replace("SELECT 1", "SELECT 4"));

        Assert.Equal("2", Assert.IsType<NodeResult.Succeeded>(result).Outputs["rows"]);
        Assert.Equal(["1|one|a", "2||b", "3|three|a", "4|new|a"], await Rows(kind, table));
        Assert.Empty(await databases.LeftoversAsync(kind));
    }

    [Theory, InlineData(Databases.PostgreSql), InlineData(Databases.MySql)]
    public async Task Overwrite_replaces_them(string kind)
    {
        var table = await MakeTableAsync(kind);

        Assert.IsType<NodeResult.Succeeded>(await ExportAsync(kind, table, Two, ("mode", "overwrite")));

        Assert.Equal(["1|new|a", "3|three|a"], await Rows(kind, table));
    }

    [Theory, InlineData(Databases.PostgreSql), InlineData(Databases.MySql)]
    public async Task Replace_partition_replaces_those_of_the_same_partition(string kind)
    {
        var table = await MakeTableAsync(kind);
        await databases.RunAsync(kind, $"INSERT INTO {table} VALUES (7, 'other', NULL), (8, 'gone', 'a')");

        Assert.IsType<NodeResult.Succeeded>(await ExportAsync(kind, table, Two, ("mode", "replace-partition"), ("partition.columns", "part")));
        Assert.Equal(["1|new|a", "2||b", "3|three|a", "7|other|NULL"], await Rows(kind, table));

        var withNull = "SELECT 9 AS id, 'null' AS name, CAST(NULL AS CHAR(1)) AS part";
        Assert.IsType<NodeResult.Succeeded>(await ExportAsync(kind, table, withNull, ("mode", "replace-partition"), ("partition.columns", "part")));
        Assert.Equal(["1|new|a", "2||b", "3|three|a", "9|null|NULL"], await Rows(kind, table));
    }

    [Theory, InlineData(Databases.PostgreSql), InlineData(Databases.MySql)]
    public async Task Upsert_updates_by_key_and_adds_the_rest(string kind)
    {
        var table = await MakeTableAsync(kind);

        Assert.IsType<NodeResult.Succeeded>(await ExportAsync(kind, table, Two, ("mode", "upsert"), ("key.columns", "id")));

        Assert.Equal(["1|new|a", "2||b", "3|three|a"], await Rows(kind, table));
    }

    [Theory, InlineData(Databases.PostgreSql), InlineData(Databases.MySql)]
    public async Task Upsert_refuses_a_key_that_comes_twice_or_has_no_index(string kind)
    {
        var table = await MakeTableAsync(kind);

        await FailsAsync("export.duplicate-key", kind, table, $"{Two} UNION ALL SELECT 3, 'again', 'b'", ("mode", "upsert"), ("key.columns", "id"));
        await FailsAsync("export.key", kind, table, Two, ("mode", "upsert"), ("key.columns", "name"));

        Assert.Equal(["1|one|a", "2||b"], await Rows(kind, table));
        Assert.Empty(await databases.LeftoversAsync(kind));
    }

    [Fact]
    public async Task Upsert_refuses_a_table_of_mysql_with_another_unique_index()
    {
        var table = await MakeTableAsync(Databases.MySql);
        await databases.RunAsync(Databases.MySql, $"ALTER TABLE {table} ADD UNIQUE (name)");

        var failure = await FailsAsync("export.key", Databases.MySql, table, Two, ("mode", "upsert"), ("key.columns", "id"));

        Assert.Contains("another unique index, on (name)", failure.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(Databases.PostgreSql), InlineData(Databases.MySql)]
    public async Task Columns_that_do_not_fit_are_all_named_with_what_was_meant(string kind)
    {
        var table = await MakeTableAsync(kind);

        var failure = await FailsAsync("export.columns", kind, table, "SELECT 'x' AS nmae, 1 AS part, 2 AS surplus");

        Assert.Contains("The table has no column 'nmae'; did you mean 'name'?", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'part' is a whole number, and 'part' holds", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The table has no column 'surplus'.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The rows have no column 'id', which takes no NULL and has no default", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.CanRetry);
    }

    [Theory, InlineData(Databases.PostgreSql), InlineData(Databases.MySql)]
    public async Task Columns_are_mapped_by_name(string kind)
    {
        var table = await MakeTableAsync(kind);

        var result = await ExportAsync(kind, table, "SELECT 'b' AS PART, 5 AS number", ("mode", "overwrite"), ("column.id", "number"));

        Assert.IsType<NodeResult.Succeeded>(result);
        Assert.Equal(["5|NULL|b"], await Rows(kind, table));
    }

    [Theory, InlineData(Databases.PostgreSql), InlineData(Databases.MySql)]
    public async Task A_missing_table_is_named_with_one_that_is_near(string kind)
    {
        var table = await MakeTableAsync(kind);

        var failure = await FailsAsync("export.table", kind, table.Replace("table", "tabel"), Two);

        Assert.Contains("There is no table", failure.Message, StringComparison.Ordinal);
        Assert.Contains("; did you mean 'table_", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Databases.PostgreSql, "\"we`ird \"\"; DROP--\"", "\"or`der \"\"by\"")]
    [InlineData(Databases.MySql, "`we``ird \"; DROP--`", "`or``der \"by`")]
    public async Task Names_are_quoted(string kind, string table, string column)
    {
        await databases.RunAsync(kind, $"CREATE TABLE {table} (id int NOT NULL PRIMARY KEY, {column} int)");

        var result = await ExportAsync(kind, table, $"SELECT 1 AS id, 2 AS {column}");

        Assert.IsType<NodeResult.Succeeded>(result);
        Assert.Equal(["1|2"], await databases.RowsAsync(kind, $"SELECT * FROM {table}"));
    }

    [Theory, InlineData(Databases.PostgreSql), InlineData(Databases.MySql)]
    public async Task What_the_table_refuses_leaves_it_as_it_was(string kind)
    {
        var table = await MakeTableAsync(kind);

        var failure = await FailsAsync("export.database", kind, table, "SELECT 5 AS id, 'fits' AS name UNION ALL SELECT 1, 'exists'");

        Assert.False(failure.CanRetry);
        Assert.Equal(["1|one|a", "2||b"], await Rows(kind, table));
        Assert.Empty(await databases.LeftoversAsync(kind));
    }

    [Theory]
    [InlineData(Databases.PostgreSql, "2147483648", "int")]
    [InlineData(Databases.MySql, "2147483648", "int")]
    [InlineData(Databases.PostgreSql, "1.005", "numeric(5,2)")]
    [InlineData(Databases.MySql, "1.005", "decimal(5,2)")]
    [InlineData(Databases.PostgreSql, "'too long'", "varchar(3)")]
    [InlineData(Databases.MySql, "'too long'", "varchar(3)")]
    [InlineData(Databases.PostgreSql, "timestamp '2024-01-01 00:00:00.5'", "timestamp(0)")]
    [InlineData(Databases.MySql, "timestamp '2024-01-01 00:00:00.5'", "datetime")]
    public async Task A_value_arrives_whole_or_not_at_all(string kind, string value, string type)
    {
        var table = Databases.NewTable();
        await databases.RunAsync(kind, $"CREATE TABLE {table} (x {type})");

        var failure = Assert.IsType<NodeResult.Failed>(await ExportAsync(kind, table, $"SELECT {value} AS x"));

        Assert.False(failure.CanRetry);
        Assert.Empty(await databases.RowsAsync(kind, $"SELECT * FROM {table}"));
    }

    [Fact]
    public async Task A_table_without_transactions_is_refused()
    {
        var table = Databases.NewTable();
        await databases.RunAsync(Databases.MySql, $"CREATE TABLE {table} (id int) ENGINE = MyISAM");

        var failure = await FailsAsync("export.table", Databases.MySql, table, "SELECT 1 AS id");

        Assert.Contains("MyISAM, which has no transactions", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\r\n", "export.columns")]
    [InlineData("id,name,part\r\nx,,\r\n", "export.csv-broken")]
    public async Task A_file_that_does_not_fit_is_refused(string content, string code)
    {
        var table = await MakeTableAsync(Databases.PostgreSql);
        using var context = databases.Context(("from.file", "in.csv"), ("to.datasource", Databases.PostgreSql), ("to.table", table));
        context.Folder.Write("in.csv", content);

        var failure = Assert.IsType<NodeResult.Failed>(await Plugin(context).RunAsync(context, default));

        Assert.Equal(code, failure.Code);
    }

    [Theory]
    [InlineData("Say where rows come from", "to.file=a")]
    [InlineData("Say where rows go", "datasource=x", "sql=SELECT 1")]
    [InlineData("either as sql or as script.file", "datasource=x", "to.file=a")]
    [InlineData("needs both to.datasource and to.table", "datasource=x", "sql=SELECT 1", "to.table=a")]
    [InlineData("mode=upsert needs key.columns", "datasource=x", "sql=SELECT 1", "to.table=a", "to.datasource=x", "mode=upsert")]
    [InlineData("compression=snappy is for Parquet", "datasource=x", "sql=SELECT 1", "to.file=a", "compression=snappy")]
    [InlineData("not into another file", "from.file=a", "to.file=b")]
    public async Task Settings_that_contradict_one_another_are_named(string message, params string[] settings)
    {
        using var context = new TestContext([.. settings.Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);

        var failure = Assert.IsType<NodeResult.Failed>(await Plugin(context).RunAsync(context, default));

        Assert.Equal(("export.settings", false), (failure.Code, failure.CanRetry));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private static ExportPlugin Plugin(TestContext context) => new(new ExportOptions { Folder = context.Folder.Path });

    private async Task<string> MakeTableAsync(string kind)
    {
        var table = Databases.NewTable();
        await databases.RunAsync(kind,
            $"CREATE TABLE {table} (id int NOT NULL PRIMARY KEY, name varchar(50), part varchar(10))",
            $"INSERT INTO {table} VALUES (1, 'one', 'a'), (2, '', 'b')");
        return table;
    }

    private Task<List<string>> Rows(string kind, string table) => databases.RowsAsync(kind, $"SELECT * FROM {table} ORDER BY id");

    private async Task<NodeResult> ExportAsync(string kind, string table, string sql, params (string Key, string Value)[] settings)
    {
        using var context = databases.Context([("datasource", kind), ("sql", sql), ("to.datasource", kind), ("to.table", table), .. settings]);
        return await Plugin(context).RunAsync(context, default);
    }

    private async Task<NodeResult.Failed> FailsAsync(string code, string kind, string table, string sql, params (string Key, string Value)[] settings)
    {
        var failure = Assert.IsType<NodeResult.Failed>(await ExportAsync(kind, table, sql, settings));
        Assert.Equal(code, failure.Code);
        return failure;
    }
}
