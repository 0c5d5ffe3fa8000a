using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Tests.MySql;
using Scheduler.Plugins.Tests.Odbc;
using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Sql.Running;

[Collection(OdbcConformance.Alone)]
public sealed class OdbcPostgreSqlScriptTests(OdbcPostgreSqlScriptTests.PostgreSql database)
    : ScriptConformance(database), IClassFixture<OdbcPostgreSqlScriptTests.PostgreSql>
{
    protected override DataSource Unreachable() => PostgreSql.At(1);

    public sealed class PostgreSql : ScriptDatabase
    {
        private PostgreSqlServer server = null!;

        public override DataSource Source => At(server.Port);

        public override string LongStatement => "SELECT pg_sleep(60)";

        public override string ManyRows => "SELECT n, 'row ' || n AS t FROM generate_series(1, 5000) n";

        public static DataSource At(int port) => OdbcSources.PostgreSql(DataSourceKinds.Odbc, port);

        public override Task<long?> CountLongStatementsAsync() => PostgreSqlProcesses.CountAsync(server, "pg_sleep(60)");

        public override async Task InitializeAsync() => server = await PostgreSqlServer.StartAsync(PostgreSqlDurability.None);

        public override async Task DisposeAsync() => await server.DisposeAsync();
    }
}

[Collection(OdbcConformance.Alone)]
public sealed class OdbcMariaDbScriptTests(OdbcMariaDbScriptTests.MariaDb database)
    : ScriptConformance(database), IClassFixture<OdbcMariaDbScriptTests.MariaDb>
{
    protected override DataSource Unreachable() => MariaDb.At(1);

    public sealed class MariaDb : ScriptDatabase
    {
        private MariaDbServer server = null!;

        public override DataSource Source => At(server.Port);

        public override string LongStatement => "SELECT SLEEP(60)";

        public override string ManyRows => "SELECT seq AS n, CONCAT('row ', seq) AS t FROM seq_1_to_5000";

        public static DataSource At(int port) => OdbcSources.MariaDb(DataSourceKinds.Odbc, port);

        public override Task<long?> CountLongStatementsAsync() => MariaDbProcesses.CountAsync(server, "SLEEP(60)");

        public override async Task InitializeAsync() => server = await MariaDbServer.StartAsync();

        public override async Task DisposeAsync() => await server.DisposeAsync();
    }
}

[Collection(OdbcConformance.Alone)]
public sealed class OdbcSqliteScriptTests(OdbcSqliteScriptTests.Sqlite database)
    : ScriptConformance(database), IClassFixture<OdbcSqliteScriptTests.Sqlite>
{
    protected override DataSource Unreachable() => OdbcSources.Sqlite("/nowhere/at/all.db");

    public sealed class Sqlite : ScriptDatabase
    {
        private readonly string folder = Directory.CreateTempSubdirectory("scheduler-").FullName;

        public override DataSource Source => OdbcSources.Sqlite($"{folder}/test.db");

        public override string LongStatement => "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c";

        public override string ManyRows => "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 5000) SELECT n, 'row ' || n AS t FROM c";

        public override string Picture => "✈";

        public override Task<long?> CountLongStatementsAsync() => Task.FromResult<long?>(null);

        public override Task InitializeAsync() => Task.CompletedTask;

        public override Task DisposeAsync()
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
