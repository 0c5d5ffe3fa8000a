namespace Scheduler.Plugins.Tests.Odbc;

public sealed class OdbcSqliteTests(OdbcSqliteTests.Sqlite database)
    : OdbcConformance(database), IClassFixture<OdbcSqliteTests.Sqlite>
{
    public sealed class Sqlite : OdbcDatabase
    {
        private readonly string folder = Directory.CreateTempSubdirectory("scheduler-").FullName;

        // Reading step by step is what keeps its memory flat.
        public override string ConnectionString => $"Driver={{SQLite3}};Database={folder}/test.db;StepAPI=1;NoWCHAR=0;Timeout=1000";

        public override string RefusedConnectionString => "Driver={SQLite3};Database=/nowhere/at/all.db;Pwd=hunter2";

        public override string DriverPackage => "libsqliteodbc";

        public override string Columns =>
            "id integer, t text, i integer, l bigint, d varchar(40), f double, b bit, ts timestamp, da date, ti time, bin blob";

        public override string LongStatement =>
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c";

        public override string ManyRows =>
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 200000) SELECT n, 'row ' || n AS t FROM c";

        public override Task InitializeAsync() => Task.CompletedTask;

        public override Task DisposeAsync()
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
