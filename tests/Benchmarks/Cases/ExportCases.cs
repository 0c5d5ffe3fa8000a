using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using CliWrap;
using Npgsql;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.Csv;
using Scheduler.Plugins.Export.Parquet;
using Scheduler.Plugins.Export.Tables;
using Scheduler.Plugins.Export.Targets;
using Scheduler.Testing;

namespace Scheduler.Benchmarks.Cases;

/// <summary>Ten columns from a server to a file, and from one server to another, against the servers' own clients.</summary>
internal static class ExportCases
{
    private const string Rows =
        "SELECT n AS id, n % 1000 AS small, n * 1000003 AS big, n / 8.0{0} AS ratio, CAST(n / 100.0 AS {1}) AS price, concat('customer ', n) AS name, "
        + "'a note, with \"quotes\" and a comma' AS note, CAST('2024-02-29' AS date) AS day, CAST('2024-02-29 12:34:56.789' AS {2}) AS at, {3} AS flag";

    private const string PostgreSqlTable = "CREATE TABLE {0} (id int, small int, big bigint, ratio double precision, price numeric(12,2), name text, "
        + "note text, day date, at timestamp, flag boolean)";

    public static async Task RunAsync(Bench bench)
    {
        var count = bench.IsQuick ? 10_000 : 1_000_000;
        var database = new NpgsqlConnectionStringBuilder(await bench.Store.NewDatabaseAsync());
        await using var mariaDb = await MariaDbServer.StartAsync();
        var postgreSql = Source(DataSourceKinds.PostgreSql, database.Port, database.Database!, "postgres", null);
        var mySql = Source(DataSourceKinds.MySql, mariaDb.Port, MariaDbServer.Database, MariaDbServer.User, MariaDbServer.Password);
        await FillAsync(postgreSql, mySql, count);

        var root = new ExportRoot(bench.Folder);
        var csv = new FileFormat.Csv(new CsvDialect());
        var copied = await RateAsync(bench, count, () => CopyAsync(postgreSql, Path.Combine(bench.Folder, "psql.csv")));
        await MeasureAsync(bench, "export-csv", count, copied, Target.RatioAtLeast(0.7, "psql \\copy"),
            () => ToFileAsync(root, postgreSql, new("out.csv", csv, new FileLayout.Single())));
        await MeasureAsync(bench, "export-parquet", count, copied, null,
            () => ToFileAsync(root, postgreSql, new("out.parquet", new FileFormat.Parquet(new ParquetSettings()), new FileLayout.Single())));

        var dumped = await RateAsync(bench, count, () => DumpAsync(mariaDb.Port, Path.Combine(bench.Folder, "dump.sql")));
        await MeasureAsync(bench, "export-mariadb-postgresql", count, dumped, null, () => ToTableAsync(mySql, postgreSql));
        await MeasureAsync(bench, "export-postgresql-mariadb", count, copied, null, () => ToTableAsync(postgreSql, mySql));
    }

    private static async Task MeasureAsync(Bench bench, string name, int count, double baseline, Target? target, Func<Task> export)
    {
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
        var rate = await RateAsync(bench, count, export);
        bench.Add(name, rate, "rows/s", baseline, target);
        bench.Add($"{name}-memory", PeakMegabytes(), "MB");
    }

    private static async Task<double> RateAsync(Bench bench, int count, Func<Task> work)
    {
        var rates = await bench.RepeatAsync(async () =>
        {
            var clock = Stopwatch.StartNew();
            await work();
            return count / clock.Elapsed.TotalSeconds;
        });
        return rates.Median();
    }

    private static async Task ToFileAsync(ExportRoot root, DataSource source, FileExportRequest request)
    {
        await using var rows = await QueryRows.OpenAsync(source, "SELECT * FROM source", CancellationToken.None);
        await new FileExport(root, TimeProvider.System).RunAsync(rows.Reader, request, _ => { }, CancellationToken.None);
        rows.IsComplete = true;
    }

    private static async Task ToTableAsync(DataSource from, DataSource to)
    {
        var request = new TableRequest(to, new TableName(null, "target"), WriteMode.Overwrite, [], new Dictionary<string, string>());
        var export = new TableExport(TimeProvider.System, "scheduler_export_bench");
        await using var rows = await QueryRows.OpenAsync(from, "SELECT * FROM source", CancellationToken.None);
        await using var target = await export.OpenAsync(request, CancellationToken.None);
        var commit = await export.StageAsync(target, request, rows.Reader, _ => { }, CancellationToken.None);
        rows.IsComplete = true;
        await export.CommitAsync(request, commit, CancellationToken.None);
    }

    private static async Task FillAsync(DataSource postgreSql, DataSource mySql, int count)
    {
        await using (var connection = await ExportConnections.OpenAsync(postgreSql, CancellationToken.None))
        {
            await RunAsync(connection, Text(PostgreSqlTable, "source"));
            await RunAsync(connection, Text(PostgreSqlTable, "target"));
            await RunAsync(connection, $"INSERT INTO source {Text(Rows.Replace("n * 1000003", "n::bigint * 1000003", StringComparison.Ordinal), "::float8", "numeric(12,2)", "timestamp", "n % 2 = 0")} FROM generate_series(1, {count}) n");
            await RunAsync(connection, "VACUUM ANALYZE source");
        }

        await using (var connection = await ExportConnections.OpenAsync(mySql, CancellationToken.None))
        {
            const string Columns = "(id int, small int, big bigint, ratio double, price decimal(12,2), name text, note text, day date, at datetime(6), flag tinyint(1))";
            await RunAsync(connection, $"CREATE TABLE source {Columns}");
            await RunAsync(connection, $"CREATE TABLE target {Columns}");
            await RunAsync(connection, $"INSERT INTO source {Text(Rows, "", "decimal(12,2)", "datetime(3)", "n % 2 = 0")} FROM (SELECT seq AS n FROM seq_1_to_{count}) s");
        }
    }

    private static Task CopyAsync(DataSource source, string file) => Cli.Wrap("psql")
        .WithArguments([$"postgresql://postgres@127.0.0.1:{source.Options["port"]}/{source.Options["database"]}", "-qc", $"\\copy (SELECT * FROM source) TO '{file}' CSV HEADER"])
        .ExecuteAsync();

    private static Task DumpAsync(int port, string file) => Cli.Wrap("mariadb-dump")
        .WithArguments(["--no-defaults", "--host=127.0.0.1", $"--port={port}", $"--user={MariaDbServer.User}", $"--result-file={file}", MariaDbServer.Database, "source"])
        .WithEnvironmentVariables(environment => environment.Set("MYSQL_PWD", MariaDbServer.Password))
        .ExecuteAsync();

    /// <summary>Of this process, since the mark was reset.</summary>
    private static double PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static Task<int> RunAsync(DbConnection connection, string sql) => connection.RunAsync(sql, CancellationToken.None);

    private static string Text(string format, params object[] parts) => string.Format(CultureInfo.InvariantCulture, format, parts);

    private static DataSource Source(string kind, int port, string database, string user, string? password) => new(kind, kind, new Dictionary<string, string>
    {
        ["host"] = "127.0.0.1",
        ["port"] = port.ToString(CultureInfo.InvariantCulture),
        ["database"] = database,
        ["user"] = user,
    }, password);
}
