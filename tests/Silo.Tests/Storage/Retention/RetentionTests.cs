using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Storage;
using Scheduler.Silo.Storage.Retention;
using Scheduler.Silo.Tests.Storage.Journal;
using Scheduler.Testing;
using static Scheduler.Silo.Tests.Storage.Journal.Appends;

namespace Scheduler.Silo.Tests.Storage.Retention;

public sealed class SqliteRetentionTests() : RetentionTests(new SqliteStorage());

/// <summary>What retention must do on both databases. Each test has a database of its own: a sweep sees all of it.</summary>
public abstract class RetentionTests(StorageFixture storage) : IAsyncLifetime
{
    protected FakeTimeProvider Clock { get; } = new(Noon);

    internal SiloStores Silo => storage.Silo;

    internal DatabaseOptions Database => storage.Options;

    protected Guid Epoch { get; } = Guid.NewGuid();

    public Task InitializeAsync() => storage.InitializeAsync();

    public Task DisposeAsync() => storage.DisposeAsync();

    [Fact]
    public async Task Old_executions_go_with_journal_and_logs()
    {
        var old = await EndedAsync(after: TimeSpan.Zero);
        await LogAsync(old);

        Clock.Advance(TimeSpan.FromDays(91));
        await SweepAsync(new RetentionOptions());

        Assert.Null(await Silo.Journal.FindAsync(old, default));
        Assert.Empty(await Silo.Journal.ReadRowsAsync(old, 1, 10, default));
        Assert.Equal(0, await LogLengthAsync(old));
    }

    [Fact]
    public async Task What_is_young_or_has_not_ended_stays()
    {
        var running = await Silo.Journal.CreateAsync(Epoch);
        var young = await EndedAsync(after: TimeSpan.FromDays(2));
        await LogAsync(running);
        await LogAsync(young);

        Clock.Advance(TimeSpan.FromDays(91));
        await SweepAsync(new RetentionOptions());

        Assert.NotNull(await Silo.Journal.FindAsync(running, default));
        Assert.Equal(2, (await Silo.Journal.ReadRowsAsync(young, 1, 10, default)).Count);
        Assert.Equal((3, 3), (await LogLengthAsync(running), await LogLengthAsync(young)));
    }

    [Fact]
    public async Task Logs_can_go_before_their_executions()
    {
        var id = await EndedAsync(after: TimeSpan.Zero);
        await LogAsync(id);

        Clock.Advance(TimeSpan.FromDays(8));
        await SweepAsync(new RetentionOptions { Logs = TimeSpan.FromDays(7) });

        Assert.NotNull(await Silo.Journal.FindAsync(id, default));
        Assert.Equal(0, await LogLengthAsync(id));
    }

    [Fact]
    public async Task Zero_keeps_everything()
    {
        var id = await EndedAsync(after: TimeSpan.Zero);
        await LogAsync(id);

        Clock.Advance(TimeSpan.FromDays(10_000));
        await SweepAsync(new RetentionOptions { Executions = TimeSpan.Zero, Logs = TimeSpan.Zero });

        Assert.NotNull(await Silo.Journal.FindAsync(id, default));
        Assert.Equal(3, await LogLengthAsync(id));
    }

    [Fact]
    public async Task More_than_one_batch_goes_in_one_sweep()
    {
        var kept = await Silo.Journal.CreateAsync(Epoch);
        for (var i = 0; i < 7; i++) await EndedAsync(after: TimeSpan.Zero);

        Clock.Advance(TimeSpan.FromDays(91));
        await SweepAsync(new RetentionOptions { BatchLength = 2 });

        Assert.Equal([kept], (await Silo.Journal.ListAsync(new(), 0, 100, default)).Executions.Select(execution => execution.Id));
    }

    [Fact]
    public async Task The_service_sweeps_as_time_goes_by()
    {
        var old = await EndedAsync(after: TimeSpan.Zero);
        Clock.Advance(TimeSpan.FromDays(91));

        using var service = Service(new RetentionOptions { SweepDelay = TimeSpan.FromMinutes(1) });
        await service.StartAsync(default);
        await Eventually.TrueAsync(async () =>
        {
            // Its timer may not run yet when the start returns.
            Clock.Advance(TimeSpan.FromMinutes(1));
            return await Silo.Journal.FindAsync(old, default) is null;
        });

        await service.StopAsync(default);
    }

    private protected async Task SweepAsync(RetentionOptions options)
    {
        using var service = Service(options);
        await service.SweepAsync(default);
    }

    /// <summary>Submitted at noon, with two rows.</summary>
    protected async Task<long> EndedAsync(TimeSpan after)
    {
        var id = await Silo.Journal.CreateAsync(Epoch);
        await Silo.Journal.AppendAsync(Next(id, 2, Epoch, head: Update(ExecutionStatus.Succeeded, after, ended: true)), default);
        return id;
    }

    protected async Task LogAsync(long execution)
    {
        await using var writer = await Silo.Logs.OpenWriterAsync(new AttemptId(execution, 0, 1), isFirst: false, default);
        await writer.WriteAsync("log"u8.ToArray(), default);
        await writer.FlushAsync(default);
    }

    protected async Task<long> LogLengthAsync(long execution) =>
        (await Silo.Logs.ReadAsync(new AttemptId(execution, 0, 1), 0, 10, default)).TotalLength;

    private RetentionService Service(RetentionOptions options) => new(
        Silo.Histories, Silo.Database, Silo.SweepTurn, Options.Create(options), Clock, NullLogger<RetentionService>.Instance);
}
