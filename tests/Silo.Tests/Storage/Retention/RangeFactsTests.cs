using Scheduler.Silo.Storage.Retention;

namespace Scheduler.Silo.Tests.Storage.Retention;

/// <summary>What becomes of a partition.</summary>
public sealed class RangeFactsTests
{
    private static readonly DateTimeOffset Cutoff = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private static readonly RangeFacts AllOld = new(Count: 3, Cutoff.AddDays(-1), HasActive: false, IsComplete: true);

    [Fact]
    public void All_of_it_old_is_dropped() => Assert.Equal(RangeFate.Drop, Decide(AllOld));

    [Fact]
    public void Nothing_left_of_it_is_dropped() => Assert.Equal(RangeFate.Drop, Decide(AllOld with { Count = 0, LastEndedAt = null }));

    [Fact]
    public void Ids_still_to_come_keep_it() => Assert.Equal(RangeFate.Sift, Decide(AllOld with { IsComplete = false }));

    [Fact]
    public void One_that_runs_keeps_it() => Assert.Equal(RangeFate.Sift, Decide(AllOld with { HasActive = true }));

    [Fact]
    public void One_that_is_nearly_old_is_waited_for() => Assert.Equal(RangeFate.Wait, Decide(AllOld with { LastEndedAt = Cutoff }));

    [Fact]
    public void One_that_is_young_is_not_waited_for() => Assert.Equal(RangeFate.Sift, Decide(AllOld with { LastEndedAt = Cutoff.AddDays(9) }));

    private static RangeFate Decide(RangeFacts facts) => facts.Decide(Cutoff, slack: TimeSpan.FromDays(9));
}
