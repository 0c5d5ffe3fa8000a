using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Odbc;

public sealed class OdbcPostgreSqlTests(OdbcPostgreSqlTests.PostgreSql database)
    : OdbcConformance(database), IClassFixture<OdbcPostgreSqlTests.PostgreSql>
{
    [Fact]
    public async Task Results_follow_one_another()
    {
        await using var connection = await database.OpenAsync();
        await using var reader = await QueryAsync(connection, "SELECT 1 AS a; SELECT 'x' AS b");

        Assert.True(await reader.ReadAsync());
        Assert.Equal(("a", 1), (reader.GetName(0), reader.GetInt32(0)));
        Assert.False(await reader.ReadAsync());
        Assert.True(await reader.NextResultAsync());
        Assert.True(await reader.ReadAsync());
        Assert.Equal(("b", "x"), (reader.GetName(0), reader.GetString(0)));
        Assert.False(await reader.NextResultAsync());
    }

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
