using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Odbc;

public sealed class OdbcPostgreSqlTests(OdbcPostgreSqlTests.PostgreSql database)
    : OdbcConformance(database), IClassFixture<OdbcPostgreSqlTests.PostgreSql>
{
    public sealed class PostgreSql : OdbcDatabase
    {
        private PostgreSqlServer server = null!;

        // Fetching by cursor is what keeps its memory flat.
        public override string ConnectionString =>
            $"Driver={{PostgreSQL Unicode}};Server=127.0.0.1;Port={server.Port};Database=postgres;Uid=postgres;BoolsAsChar=0;UseDeclareFetch=1;Fetch=1000";

        public override string RefusedConnectionString =>
            $"Driver={{PostgreSQL Unicode}};Server=127.0.0.1;Port={server.Port};Database=nowhere;Uid=postgres;Pwd=hunter2";

        public override string DriverPackage => "odbc-postgresql";

        public override string Columns =>
            "id int, t text, i int, l bigint, d numeric(28,10), f double precision, b boolean, ts timestamp, da date, ti time, bin bytea";

        public override string LongStatement => "SELECT pg_sleep(60)";

        public override string ManyRows => "SELECT n, 'row ' || n AS t FROM generate_series(1, 200000) n";

        public override async Task InitializeAsync() => server = await PostgreSqlServer.StartAsync(PostgreSqlDurability.None);

        public override async Task DisposeAsync() => await server.DisposeAsync();
    }
}
