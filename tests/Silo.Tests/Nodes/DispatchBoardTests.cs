using CsCheck;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Tests.Nodes;

public sealed class DispatchBoardTests
{
    private readonly DispatchBoard board = new();

    [Fact]
    public void A_higher_priority_goes_first()
    {
        Offer(node: 1, project: 1, priority: 5);
        Offer(node: 2, project: 1, priority: 9);

        Assert.Equal([2, 1], TakeNodes(2));
    }

    [Fact]
    public void Projects_of_one_priority_take_turns()
    {
        foreach (var node in Enumerable.Range(1, 3)) Offer(node, project: 1);
        foreach (var node in Enumerable.Range(11, 2)) Offer(node, project: 2);

        Assert.Equal([1, 11, 2, 12, 3], TakeNodes(5));
    }

    [Fact]
    public void Projects_take_turns_within_each_priority_and_none_of_a_lower_one_comes_before()
    {
        foreach (var node in Enumerable.Range(1, 4)) Offer(node, project: 1, priority: 5);
        Offer(11, project: 2, priority: 5);
        foreach (var node in Enumerable.Range(21, 2)) Offer(node, project: 1, priority: 9);
        foreach (var node in Enumerable.Range(31, 3)) Offer(node, project: 3, priority: 9);

        Assert.Equal([21, 31, 22, 32, 33, 1, 11, 2, 3, 4], TakeNodes(10));
    }

    [Fact]
    public void Who_comes_back_stands_at_the_head_of_its_projects_line_and_of_no_other()
    {
        foreach (var node in Enumerable.Range(1, 3)) Offer(node, project: 1);
        foreach (var node in Enumerable.Range(11, 2)) Offer(node, project: 2);
        var first = board.Take(1).Single();
        board.OfferFirst(first);

        Assert.Equal([11, 1, 12, 2, 3], TakeNodes(5));
    }

    [Fact]
    public void An_attempt_offered_twice_is_handed_out_once()
    {
        Offer(node: 1);
        Offer(node: 1);

        Assert.Equal([1], TakeNodes(5));
    }

    [Fact]
    public void A_withdrawn_attempt_is_passed_over_and_can_be_offered_again()
    {
        Offer(node: 1);
        Offer(node: 2);
        board.Withdraw(IdOf(1));
        Assert.Equal([2], TakeNodes(5));

        Offer(node: 1);
        Assert.Equal([1], TakeNodes(5));
    }

    [Fact]
    public void An_attempt_withdrawn_and_offered_again_in_the_line_is_still_handed_out_once()
    {
        Offer(node: 1);
        board.Withdraw(IdOf(1));
        Offer(node: 1);

        Assert.Equal([1], TakeNodes(5));
        Assert.Equal(0, board.Count);
    }

    [Fact]
    public void Whatever_is_offered_and_withdrawn_the_rest_comes_out_once() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool).List[0, 80].Sample(steps =>
        {
            var tested = new DispatchBoard();
            var expected = new HashSet<int>();
            foreach (var (node, project, priority, withdraw) in steps)
            {
                if (withdraw) tested.Withdraw(IdOf(node));
                else tested.Offer(new DispatchItem(IdOf(node), project, priority));
                if (withdraw) expected.Remove(node);
                else expected.Add(node);
            }

            var taken = tested.Take(1_000).Select(item => item.Attempt.Node).ToList();
            return taken.Count == expected.Count && expected.SetEquals(taken) && tested.Count == 0;
        });

    private void Offer(int node, int project = 1, int priority = 5) => board.Offer(new DispatchItem(IdOf(node), project, priority));

    private IEnumerable<int> TakeNodes(int count) => board.Take(count).Select(item => item.Attempt.Node);

    private static AttemptId IdOf(int node) => new(7, node, 1);
}
