using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Odbc;

public sealed class OdbcMariaDbTests(OdbcMariaDbTests.MariaDb database)
    : OdbcConformance(database), IClassFixture<OdbcMariaDbTests.MariaDb>
{
    public sealed class MariaDb : OdbcDatabase
    {
        private const string Driver = "Driver={MariaDB Unicode};Server=127.0.0.1";
        private MariaDbServer server = null!;

        // Forwards and without a cache is what keeps its memory flat.
        public override string ConnectionString =>
            $"{Driver};Port={server.Port};Database={MariaDbServer.Database};Uid={MariaDbServer.User};"
            + $"Pwd={{{MariaDbServer.Password.Replace("}", "}}")}}};FORWARDONLY=1;NO_CACHE=1";

        public override string RefusedConnectionString => $"{Driver};Port={server.Port};Uid={MariaDbServer.User};Pwd=hunter2";

        public override string DriverPackage => "odbc-mariadb";

        public override string Columns =>
            "id int, t longtext, i int, l bigint, d decimal(28,10), f double, b bit(1), ts datetime(6), da date, ti time(6), bin longblob";

        public override string LongStatement => "SELECT SLEEP(60)";

        public override string ManyRows => "SELECT seq AS n, CONCAT('row ', seq) AS t FROM seq_1_to_200000";

        public override async Task InitializeAsync() => server = await MariaDbServer.StartAsync();

        public override async Task DisposeAsync() => await server.DisposeAsync();
    }
}
