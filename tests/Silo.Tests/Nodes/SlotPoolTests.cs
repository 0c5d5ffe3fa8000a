using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Tests.Nodes;

public sealed class SlotPoolTests
{
    [Fact]
    public void Without_groups_everything_is_for_the_default_group() =>
        Assert.Equal(["default"], new SlotPool(new EngineOptions { Slots = 3 }).Groups);

    [Fact]
    public void A_silo_without_slots_offers_nothing() => Assert.Empty(new SlotPool(new EngineOptions { Slots = 0 }).Groups);

    [Fact]
    public async Task A_group_has_no_more_slots_than_its_own_and_all_together_no_more_than_the_silo()
    {
        var pool = new SlotPool(new EngineOptions { Slots = 3, Groups = { ["big"] = 3, ["small"] = 1 } });
        Assert.Equal(3, await pool.WaitForFreeAsync("big", default));
        Assert.Equal(1, await pool.WaitForFreeAsync("small", default));

        Assert.Equal(SlotAnswer.Taken, pool.Take("small", IdOf(1)));
        Assert.Equal(SlotAnswer.NoneFree, pool.Take("small", IdOf(2)));
        Assert.Equal(2, await pool.WaitForFreeAsync("big", default));
        Assert.Equal([SlotAnswer.Taken, SlotAnswer.Taken, SlotAnswer.NoneFree], Enumerable.Range(3, 3).Select(node => pool.Take("big", IdOf(node))));

        pool.Release(IdOf(1));
        Assert.Equal(1, await pool.WaitForFreeAsync("small", default));
    }

    [Fact]
    public async Task An_attempt_handed_out_twice_has_one_slot()
    {
        var pool = new SlotPool(new EngineOptions { Slots = 2 });
        Assert.Equal(SlotAnswer.Taken, pool.Take("default", IdOf(1)));
        Assert.Equal(SlotAnswer.HasOne, pool.Take("default", IdOf(1)));
        Assert.Equal(1, await pool.WaitForFreeAsync("default", default));

        pool.Release(IdOf(1));
        pool.Release(IdOf(1));
        Assert.Equal(2, await pool.WaitForFreeAsync("default", default));
    }

    [Fact]
    public async Task Who_waits_is_woken_by_the_slot_of_any_group()
    {
        var pool = new SlotPool(new EngineOptions { Slots = 1, Groups = { ["a"] = 1, ["b"] = 1 } });
        pool.Take("a", IdOf(1));
        var waiting = pool.WaitForFreeAsync("b", default);
        Assert.False(waiting.IsCompleted);

        pool.Release(IdOf(1));
        Assert.Equal(1, await waiting);
    }

    [Fact]
    public void A_closed_pool_gives_nothing()
    {
        var pool = new SlotPool(new EngineOptions());
        pool.Close();

        Assert.Equal(SlotAnswer.NoneFree, pool.Take("default", IdOf(1)));
    }

    private static AttemptId IdOf(int node) => new(7, node, 1);
}
