using Microsoft.Extensions.Time.Testing;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Tests.Storage.Journal;

public sealed class ExecutionIdsTests
{
    private static readonly TimeSpan SpareLife = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider clock = new();
    private long last;

    [Fact]
    public async Task Ids_ascend_and_none_is_given_twice()
    {
        var ids = new ExecutionIds(FetchAsync, spares: 3, SpareLife, clock);

        var taken = new List<long>();
        for (var i = 0; i < 50; i++) taken.Add(await ids.NextAsync(default));

        Assert.Equal(taken.Distinct().Order(), taken);
    }

    [Fact]
    public async Task Who_comes_soon_after_another_does_not_wait_for_the_database()
    {
        var ids = new ExecutionIds(FetchAsync, spares: 1, SpareLife, clock);
        await ids.NextAsync(default);

        Assert.True(ids.NextAsync(default).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task An_id_that_lay_too_long_is_given_up()
    {
        var ids = new ExecutionIds(FetchAsync, spares: 1, SpareLife, clock);
        var first = await ids.NextAsync(default);
        last = 100; // what other silos take meanwhile

        clock.Advance(SpareLife);

        Assert.Equal(101, await ids.NextAsync(default));
        Assert.Equal(1, first);
    }

    [Fact]
    public async Task A_failed_fetch_is_told_to_those_who_wait_for_it_and_the_next_one_tries_again()
    {
        var isAway = true;
        var ids = new ExecutionIds(
            count => isAway ? Task.FromException<IReadOnlyList<long>>(new TimeoutException()) : FetchAsync(count), spares: 1, SpareLife, clock);
        await Assert.ThrowsAsync<TimeoutException>(() => ids.NextAsync(default));

        isAway = false;

        Assert.Equal(1, await ids.NextAsync(default));
    }

    private Task<IReadOnlyList<long>> FetchAsync(int count)
    {
        var fetched = Enumerable.Range(0, count).Select(_ => ++last).ToList();
        return Task.FromResult<IReadOnlyList<long>>(fetched);
    }
}
