using Scheduler.Plugins.Tests.Odbc;
using Scheduler.Plugins.Tests.Support;
using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Sql.Running;

/// <summary>Drivers hold memory of their own for every statement; long scripts must give it back.</summary>
[Collection(OdbcConformance.Alone)]
public sealed class OdbcMemoryTests(OdbcMemoryTests.Servers servers) : IClassFixture<OdbcMemoryTests.Servers>
{
    private const int Statements = 4000;

    [Theory]
    [InlineData("PostgreSQL")]
    [InlineData("MariaDB")]
    [InlineData("SQLite")]
    public async Task Memory_does_not_grow_with_the_number_of_statements(string driver)
    {
        var source = driver switch
        {
            "PostgreSQL" => OdbcSources.PostgreSql("odbc", servers.PostgreSql.Port),
            "MariaDB" => OdbcSources.MariaDb("odbc", servers.MariaDb.Port),
            _ => OdbcSources.Sqlite(Path.Combine(servers.Folder.Path, "memory.db")),
        };
        var script = string.Concat(Enumerable.Repeat("SELECT 1 AS a, 'some text' AS b, :value AS c;\n", Statements));
        async Task<long> RunAsync()
        {
            await ScriptNode.OutputsAsync(source, script, ("param.value", "数据"), ("preview.rows", "0"));
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return Environment.WorkingSet - GC.GetGCMemoryInfo(GCKind.FullBlocking).TotalCommittedBytes;
        }

        // What is lost is lost in every run; what the runtime takes for a while is not. The first run of all warms up.
        async Task<long> LeastAsync() => Math.Min(await RunAsync(), Math.Min(await RunAsync(), await RunAsync()));

        await RunAsync();
        var before = await LeastAsync();
        var after = await LeastAsync();

        Assert.True(after - before < 8 << 20, $"{(after - before) >> 10} KiB more after {3 * Statements} statements");
    }

    public sealed class Servers : IAsyncLifetime
    {
        public PostgreSqlServer PostgreSql { get; private set; } = null!;

        public MariaDbServer MariaDb { get; private set; } = null!;

        internal TemporaryFolder Folder { get; } = new();

        public async Task InitializeAsync()
        {
            PostgreSql = await PostgreSqlServer.StartAsync(PostgreSqlDurability.None);
            MariaDb = await MariaDbServer.StartAsync();
        }

        public async Task DisposeAsync()
        {
            await PostgreSql.DisposeAsync();
            await MariaDb.DisposeAsync();
            Folder.Dispose();
        }
    }
}
