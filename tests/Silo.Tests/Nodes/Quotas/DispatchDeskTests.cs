using CsCheck;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Nodes.Quotas;

namespace Scheduler.Silo.Tests.Nodes.Quotas;

public sealed class DispatchDeskTests
{
    private readonly Permits permits = new(("pool/p", 1), ("pool/q", 2));
    private readonly DispatchDesk desk = new();

    [Fact]
    public void An_attempt_without_a_quota_never_waits_for_an_answer()
    {
        Offer(1, "pool/p");
        Offer(2);

        Assert.Equal([2], TakeNodes(2));
        Assert.Equal(1, desk.Asked);
    }

    [Fact]
    public void An_attempt_with_a_quota_goes_first_once_it_has_its_permit()
    {
        Offer(1, "pool/p");
        Offer(2);
        Assert.Empty(TakeNodes(1));
        permits.Answer(desk);

        Assert.Equal([1, 2], TakeNodes(2));
    }

    [Fact]
    public void What_a_full_quota_holds_back_holds_back_nobody_behind_it()
    {
        foreach (var node in Enumerable.Range(1, 5)) Offer(node, "pool/p");
        Offer(6, "pool/q");
        Offer(7);

        Assert.Equal([7], TakeNodes(10));
        permits.Answer(desk);
        Assert.Equal([1, 6], TakeNodes(10));
        Assert.Equal(0, desk.Count);
        Assert.Equal(["pool/p"], desk.FullQuotas);
    }

    [Fact]
    public void Who_stepped_aside_comes_back_in_order_when_there_is_room()
    {
        foreach (var node in Enumerable.Range(1, 3)) Offer(node, "pool/p");
        TakeNodes(5);
        permits.Answer(desk);
        Assert.Equal([1], TakeNodes(5));

        permits.End(IdOf(1));
        desk.Free([IdOf(1)]);
        TakeNodes(5);
        permits.Answer(desk);
        Assert.Equal([2], TakeNodes(5));
    }

    [Fact]
    public void A_desk_that_leaves_hands_over_everything_that_waits_once()
    {
        foreach (var node in Enumerable.Range(1, 3)) Offer(node, "pool/p");
        Offer(4, "pool/q");
        TakeNodes(5);
        permits.Answer(desk);
        Offer(5);
        Offer(6, "pool/q");

        Assert.Equal([1, 2, 3, 4, 5, 6], desk.Leave().Select(item => item.Attempt.Node).Order());
    }

    [Fact]
    public void A_raised_limit_is_seen_at_the_next_check()
    {
        foreach (var node in Enumerable.Range(1, 3)) Offer(node, "pool/p");
        TakeNodes(5);
        permits.Answer(desk);
        Assert.Equal([1], TakeNodes(5));

        permits.Limits["pool/p"] = 3;
        desk.Refresh(permits.Read(desk.FullQuotas));
        TakeNodes(5);
        permits.Answer(desk);
        Assert.Equal([2, 3], TakeNodes(5));
    }

    [Fact]
    public void A_permit_that_comes_too_late_is_given_back()
    {
        Offer(1, "pool/p");
        TakeNodes(1);
        var asked = desk.TakeAsked();
        desk.Withdraw(IdOf(1));

        var (permitted, state) = permits.Take(asked);
        Assert.Equal([IdOf(1)], desk.Settle(permitted, state));
        Assert.Empty(TakeNodes(1));
    }

    [Fact]
    public void Who_was_handed_out_and_comes_back_needs_no_other_permit()
    {
        Offer(1, "pool/p");
        TakeNodes(1);
        permits.Answer(desk);
        Assert.Equal([1], TakeNodes(1));

        Offer(1, "pool/p");
        TakeNodes(1);
        permits.Answer(desk);
        Assert.Equal([1], TakeNodes(1));
    }

    [Fact]
    public void An_attempt_that_waits_is_held_to_a_quota_set_meanwhile()
    {
        Offer(1);
        Offer(1, "pool/p");

        Assert.Empty(TakeNodes(1));
        permits.Answer(desk);
        Assert.Equal([1], TakeNodes(1));
    }

    /// <summary>
    /// Two desks that both believe to be the queue, on one table of permits; messages about freed permits are lost at will. At the end
    /// everything ends, and everything that was offered and not withdrawn must have been handed out.
    /// </summary>
    [Fact]
    public void Whatever_two_queues_do_no_quota_is_exceeded_and_nothing_waits_for_ever() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 20], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[1, 4]).List[0, 120].Sample(steps =>
        {
            var store = new Permits(("pool/p", 1), ("pool/q", 3));
            DispatchDesk[] desks = [new(), new()];
            var (running, expected, began) = (new HashSet<AttemptId>(), new HashSet<AttemptId>(), new HashSet<AttemptId>());
            foreach (var (action, which, node, quotas, priority, count) in steps)
                switch (action)
                {
                    case 0 or 1:
                        if (!began.Contains(IdOf(node))) expected.Add(IdOf(node));
                        if (!began.Contains(IdOf(node))) desks[which].Offer(ItemOf(node, node % 4, priority));
                        break;
                    case 2:
                        Hand(desks[which].Take(count));
                        break;
                    case 3:
                        store.Answer(desks[which]);
                        break;
                    case 4 when running.Remove(IdOf(node)):
                        store.End(IdOf(node));
                        if (quotas > 0) desks[which].Free([IdOf(node)]);
                        break;
                    case 5:
                        if (quotas == 0) desks[which].Refresh(store.Read(desks[which].FullQuotas));
                        break;
                }

            for (var round = 0; round < 60; round++)
                foreach (var one in desks)
                {
                    Hand(one.Take(50));
                    store.Answer(one);
                    Hand(one.Take(50));
                    foreach (var attempt in running) store.End(attempt);
                    running.Clear();
                    one.Refresh(store.Read(["pool/p", "pool/q"]));
                }

            return expected.SetEquals(began) && desks.All(one => one is { Count: 0, Asked: 0, FullQuotas.Count: 0 });

            void Hand(List<DispatchItem> items)
            {
                foreach (var item in items)
                    if (began.Add(item.Attempt))
                    {
                        Assert.All(item.Quotas, key => Assert.True(store.Holds(item.Attempt, key)));
                        running.Add(item.Attempt);
                    }
                    else if (!running.Contains(item.Attempt)) store.End(item.Attempt);

                Assert.All(store.Limits, limit => Assert.True(store.RunningIn(limit.Key) <= limit.Value));
            }
        });

    private void Offer(int node, params string[] quotas) => desk.Offer(new DispatchItem(IdOf(node), 1, 5) { Quotas = quotas });

    private List<int> TakeNodes(int count) => [.. desk.Take(count).Select(item => item.Attempt.Node)];

    private static DispatchItem ItemOf(int node, int quotas, int priority) => new(IdOf(node), node % 3, priority)
    {
        Quotas = quotas switch { 0 => [], 1 => ["pool/p"], 2 => ["pool/q"], _ => ["pool/p", "pool/q"] },
    };

    private static AttemptId IdOf(int node) => new(7, node, 1);

    /// <summary>The table of permits, in memory.</summary>
    private sealed class Permits(params (string Key, int Limit)[] limits)
    {
        private readonly HashSet<QuotaPermit> rows = [];

        public Dictionary<string, int> Limits { get; } = limits.ToDictionary(limit => limit.Key, limit => limit.Limit);

        public bool Holds(AttemptId attempt, string key) => rows.Contains(new(key, attempt));

        public int RunningIn(string key) => rows.Count(row => row.Key == key);

        public void End(AttemptId attempt) => rows.RemoveWhere(row => row.Attempt == attempt);

        public QuotaState Read(IReadOnlyCollection<string> keys) => new(
            keys, Limits.Where(limit => keys.Contains(limit.Key)).ToDictionary(), [.. rows.Where(row => keys.Contains(row.Key))]);

        public (HashSet<AttemptId> Permitted, QuotaState State) Take(IReadOnlyList<DispatchItem> items)
        {
            var keys = items.SelectMany(item => item.Quotas).Distinct().ToList();
            var permitted = new HashSet<AttemptId>();
            foreach (var item in items)
                if (QuotaBook.Of(Read(keys)).FindFull(item.Attempt, item.Quotas) is null)
                {
                    permitted.Add(item.Attempt);
                    rows.UnionWith(item.Quotas.Select(key => new QuotaPermit(key, item.Attempt)));
                }

            return (permitted, Read(keys));
        }

        public void Answer(DispatchDesk desk)
        {
            if (desk.TakeAsked() is not { Count: > 0 } asked) return;

            var (permitted, state) = Take(asked);
            foreach (var unwanted in desk.Settle(permitted, state)) End(unwanted);
        }
    }
}
