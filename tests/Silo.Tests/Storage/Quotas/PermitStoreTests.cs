using Dapper;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Storage.Quotas;
using Scheduler.Silo.Tests.Storage.Journal;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Storage.Quotas;

public sealed class SqlitePermitStoreTests(SqliteStorage storage) : PermitStoreTests(storage), IClassFixture<SqliteStorage>;

public sealed class PostgreSqlPermitStoreTests(PostgreSqlStorage storage) : PermitStoreTests(storage), IClassFixture<PostgreSqlStorage>;

/// <summary>What permits must do on both databases. Keys are each test's own.</summary>
public abstract class PermitStoreTests(StorageFixture storage)
{
    private static int attempts;

    private readonly PermitStore permits = new(storage.Silo.Database, TimeProvider.System);
    private readonly QuotaStore quotas = new(storage.Silo.Database);

    [Fact]
    public async Task Whoever_asks_at_the_same_time_the_limits_hold()
    {
        await SetAsync("pool/race-a", 3);
        await SetAsync("pool/race-b", 5);
        var all = Enumerable.Range(0, 40).Select(number => Item(number % 3 == 0 ? ["pool/race-b", "pool/race-a"] : [$"pool/race-{(number % 3 == 1 ? 'a' : 'b')}"])).ToList();

        var answers = await Task.WhenAll(all.Chunk(4).Select(some => Task.Run(() => permits.TakeAsync(some, default))));

        var state = await permits.ReadAsync(["pool/race-a", "pool/race-b"], default);
        Assert.Equal((3, 5), (state.Permits.Count(row => row.Key == "pool/race-a"), state.Permits.Count(row => row.Key == "pool/race-b")));
        var permitted = answers.SelectMany(answer => answer.Permitted).ToHashSet();
        Assert.All(all, item => Assert.Equal(
            permitted.Contains(item.Attempt) ? item.Quotas.Count : 0, state.Permits.Count(row => row.Attempt == item.Attempt)));
    }

    [Fact]
    public async Task Asking_again_takes_nothing_more()
    {
        await SetAsync("pool/again", 1);
        var (first, second) = (Item("pool/again"), Item("pool/again"));
        await permits.TakeAsync([first], default);

        var answer = await permits.TakeAsync([second, first], default);

        Assert.Equal([first.Attempt], answer.Permitted);
        Assert.Equal([first.Attempt], answer.State.Permits.Select(row => row.Attempt));
    }

    [Fact]
    public async Task What_is_given_back_makes_room_and_may_be_given_back_twice()
    {
        await SetAsync("pool/back", 1);
        var (first, second) = (Item("pool/back"), Item("pool/back"));
        await permits.TakeAsync([first], default);
        await permits.ReturnAsync([first.Attempt], default);
        await permits.ReturnAsync([first.Attempt], default);

        Assert.Equal([second.Attempt], (await permits.TakeAsync([second], default)).Permitted);
    }

    [Fact]
    public async Task A_pool_without_a_limit_counts_so_that_a_limit_set_later_holds()
    {
        var running = new[] { Item("pool/later"), Item("pool/later") };
        Assert.Equal(2, (await permits.TakeAsync(running, default)).Permitted.Count);
        await SetAsync("pool/later", 2);

        Assert.Empty((await permits.TakeAsync([Item("pool/later")], default)).Permitted);
        Assert.True(await quotas.RemoveAsync("pool/later", Entry, default));
        Assert.False(await quotas.RemoveAsync("pool/later", Entry, default));
        Assert.Single((await permits.TakeAsync([Item("pool/later")], default)).Permitted);
    }

    [Fact]
    public async Task Permits_of_executions_that_have_ended_are_found_and_those_of_others_kept()
    {
        var epoch = Guid.NewGuid();
        var (ended, active) = (await storage.Silo.Journal.CreateAsync(epoch), await storage.Silo.Journal.CreateAsync(epoch));
        await storage.Silo.Journal.AppendAsync(Appends.Next(ended, 2, epoch, head: Appends.Update(ExecutionStatus.Failed, ended: true)), default);
        DispatchItem[] items = [Item("pool/sweep", ended), Item("pool/sweep", active)];
        await permits.TakeAsync(items, default);

        await permits.ReturnOfEndedAsync(default);

        Assert.Equal([items[1].Attempt], (await permits.ReadAsync(["pool/sweep"], default)).Permits.Select(row => row.Attempt));
        Assert.Contains(items[1].Attempt, await permits.ListHoldersAsync(DateTimeOffset.MaxValue, default));
        Assert.Empty(await permits.ListHoldersAsync(DateTimeOffset.UnixEpoch, default));
    }

    [Fact]
    public async Task The_list_tells_limits_and_use_and_each_change_is_in_the_audit_log()
    {
        await SetAsync("pool/listed", 7);
        await SetAsync("pool/listed", 2);
        await permits.TakeAsync([Item("pool/listed")], default);

        Assert.Equal((2, 1), (await quotas.ListAsync(default)).Where(use => use.Key == "pool/listed").Select(use => (use.Limit, use.Running)).Single());
        Assert.Equal(2, (await quotas.ReadLimitsAsync(default))["pool/listed"]);
        Assert.Equal(2, await storage.Silo.Database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM user_event WHERE message = 'pool/listed'"), default));
    }

    private static UserEvent Entry => new("root", DateTimeOffset.UnixEpoch, "a test");

    private Task SetAsync(string key, int limit) => quotas.SetAsync(key, limit, Entry with { Message = key }, default);

    private static DispatchItem Item(params string[] keys) => Item(keys, 1_000_000);

    private static DispatchItem Item(string key, long execution) => Item([key], execution);

    private static DispatchItem Item(string[] keys, long execution) =>
        new(new AttemptId(execution, Interlocked.Increment(ref attempts), 1), 1, 5) { Quotas = keys };
}
