using Npgsql;
using Scheduler.Contracts;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Journal;
using Scheduler.Silo.Storage.Migrations;
using Scheduler.Testing;
using static Scheduler.Silo.Tests.Storage.Journal.Appends;

namespace Scheduler.Silo.Tests.Storage.Journal;

/// <summary>Nothing acknowledged is lost and nothing is doubled, whatever happens to the server under load.</summary>
public sealed class PostgreSqlJournalFailureTests(ServerToCrash crashing) : IClassFixture<ServerToCrash>, IAsyncLifetime
{
    private const int Executions = 64;

    private readonly Guid epoch = Guid.NewGuid();
    private readonly PostgreSqlServer server = crashing.Server;
    private DatabaseOptions options = null!;
    private SiloStores silo = null!;

    public async Task InitializeAsync()
    {
        options = new DatabaseOptions { ConnectionString = await server.CreateDatabaseAsync(), Patience = TimeSpan.FromSeconds(30) };
        await DatabaseMigrator.MigrateAsync(options, default);
        silo = SiloStores.Open(options);
    }

    public async Task DisposeAsync() => await silo.DisposeAsync();

    [Fact]
    public async Task Backends_killed_under_load_lose_and_double_nothing()
    {
        using var stop = new CancellationTokenSource();
        var load = StartLoad(stop.Token);

        for (var i = 0; i < 15; i++)
        {
            await Task.WhenAll(load.Select(writer => writer.ReachAsync(writer.Acknowledged + 5)));
            await server.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'scheduler'");
        }

        await stop.CancelAsync();
        await AssertAllThereAsync(load);
    }

    [Fact]
    public async Task A_server_that_crashes_and_comes_back_loses_and_doubles_nothing()
    {
        using var stop = new CancellationTokenSource();
        var load = StartLoad(stop.Token);

        for (var i = 0; i < 2; i++)
        {
            await Task.WhenAll(load.Select(writer => writer.ReachAsync(writer.Acknowledged + 5)));
            await server.CrashAsync();
            await server.StartAgainAsync();
        }

        await Task.WhenAll(load.Select(writer => writer.ReachAsync(writer.Acknowledged + 5)));
        await stop.CancelAsync();
        await AssertAllThereAsync(load);
    }

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("53100")]
    public async Task Transactions_the_server_gives_up_lose_and_double_nothing(string state)
    {
        var give = $"""
            CREATE FUNCTION give_up() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF random() < 0.05 THEN RAISE EXCEPTION 'given up' USING ERRCODE = '{state}'; END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER give_up AFTER INSERT ON execution_event EXECUTE FUNCTION give_up();
            """;
        await using (var command = silo.PostgreSql.Source.CreateCommand(give)) await command.ExecuteNonQueryAsync();
        using var stop = new CancellationTokenSource();
        var load = StartLoad(stop.Token);

        await Task.WhenAll(load.Select(writer => writer.ReachAsync(200)));

        await stop.CancelAsync();
        await AssertAllThereAsync(load);
    }

    [Fact]
    public async Task An_append_whose_answer_is_lost_is_stored_once_and_acknowledged()
    {
        await using var proxy = new LossyProxy(server.Port);
        var through = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Port = proxy.Port };
        await using var remote = SiloStores.Open(new DatabaseOptions { ConnectionString = through.ConnectionString });
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => remote.Journal.CreateAsync(epoch)));

        for (var sequence = 2; sequence <= 11; sequence++)
        {
            proxy.LoseNextAnswer();
            var head = Update(ExecutionStatus.Running, TimeSpan.FromSeconds(sequence));
            await Task.WhenAll(ids.Select(id => remote.Journal.AppendAsync(Next(id, sequence, epoch, head: head), default).AsTask()));
        }

        Assert.Equal(10, proxy.Lost);
        foreach (var id in ids)
        {
            var stored = await Journal.ReadAsync(id, default);
            Assert.Equal((11, Noon + TimeSpan.FromSeconds(11)), (stored!.Rows.Count, stored.Summary.UpdatedAt));
        }
    }

    [Fact]
    public async Task Appends_fail_after_the_patience_and_succeed_again_when_the_server_is_back()
    {
        await silo.DisposeAsync();
        options.Patience = TimeSpan.FromMilliseconds(300);
        silo = SiloStores.Open(options);
        var id = await Journal.CreateAsync(epoch);
        await server.CrashAsync();

        var appends = Enumerable.Range(0, 10).Select(_ => Journal.AppendAsync(Next(id, 2, epoch), default).AsTask()).ToList();
        foreach (var append in appends) await Assert.ThrowsAsync<StorageUnavailableException>(() => append);
        await server.StartAgainAsync();

        await Journal.AppendAsync(Next(id, 2, epoch, "after"), default);
        Assert.Equal("after", (await Journal.ReadRowsAsync(id, 2, 1, default)).Single().Text());
    }

    [Fact]
    public async Task A_full_queue_makes_callers_wait_and_lets_them_give_up()
    {
        await silo.DisposeAsync();
        (options.QueueLength, options.BatchLength) = (1, 1);
        silo = SiloStores.Open(options);
        var id = await Journal.CreateAsync(epoch);
        await server.CrashAsync();

        // One in the writer's hands, one in the queue; the third has no place.
        var first = Journal.AppendAsync(Next(id, 2, epoch), default).AsTask();
        var second = Journal.AppendAsync(Next(id, 3, epoch), default).AsTask();
        using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var third = Task.WhenAll(Enumerable.Range(4, 3).Select(i => Journal.AppendAsync(Next(id, i, epoch), impatience.Token).AsTask()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
        await server.StartAgainAsync();

        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task A_row_the_server_refuses_fails_alone()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Journal.CreateAsync(epoch)));
        const string refusePoison = "ALTER TABLE execution_event ADD CHECK (payload <> 'poison'::bytea)";
        await using (var command = silo.PostgreSql.Source.CreateCommand(refusePoison)) await command.ExecuteNonQueryAsync();

        var appends = ids.Select((id, i) => Next(id, 2, epoch, i == 20 ? "poison" : "fine"))
            .Select(append => Journal.AppendAsync(append, default).AsTask()).ToList();

        await Assert.ThrowsAsync<PostgresException>(() => appends[20]);
        await Task.WhenAll(appends.Where((_, i) => i != 20));
    }

    private IJournal Journal => silo.Journal;

    private List<Writer> StartLoad(CancellationToken stop) =>
        [.. Enumerable.Range(0, Executions).Select(_ => new Writer(Journal, epoch, stop))];

    private async Task AssertAllThereAsync(List<Writer> load)
    {
        await Task.WhenAll(load.Select(writer => writer.Loop));
        foreach (var writer in load)
        {
            var stored = await Journal.ReadAsync(writer.Id, default);
            Assert.Equal(Enumerable.Range(1, writer.Acknowledged), stored!.Rows.Select(row => row.Sequence));
            Assert.All(stored.Rows.Skip(1), row => Assert.Equal($"{row.Sequence}", row.Text()));
            Assert.Equal(Noon + TimeSpan.FromSeconds(writer.Acknowledged), stored.Summary.UpdatedAt);
        }
    }

    /// <summary>One execution that appends row after row, each with a head change that names it.</summary>
    private sealed class Writer
    {
        private int acknowledged;

        public Writer(IJournal journal, Guid epoch, CancellationToken stop) => Loop = Task.Run(async () =>
        {
            Id = await journal.CreateAsync(epoch);
            Interlocked.Increment(ref acknowledged);
            while (!stop.IsCancellationRequested)
            {
                var next = Acknowledged + 1;
                var head = Update(ExecutionStatus.Running, TimeSpan.FromSeconds(next));
                await journal.AppendAsync(Next(Id, next, epoch, $"{next}", head), default);
                Interlocked.Increment(ref acknowledged);
            }
        }, CancellationToken.None);

        public Task Loop { get; }

        public long Id { get; private set; }

        public int Acknowledged => Volatile.Read(ref acknowledged);

        public Task ReachAsync(int rows) => Eventually.TrueAsync(() => Acknowledged >= rows || Loop.IsFaulted);
    }
}

/// <summary>A server for tests that crash it and start it again; a database each.</summary>
public sealed class ServerToCrash : IAsyncLifetime
{
    public PostgreSqlServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgreSqlServer.StartAsync(PostgreSqlDurability.None);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
