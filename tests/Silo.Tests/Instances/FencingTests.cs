using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>Reports come late, twice or from attempts that are long replaced.</summary>
public sealed class FencingTests
{
    private static readonly AttemptResult Success = new AttemptResult.Succeeded(new Dictionary<string, string>());

    [Fact]
    public void The_result_of_a_replaced_attempt_changes_nothing()
    {
        var instance = Instance.Of("a").Lose("a");

        AssertIgnores(instance, new ExecutionInput.NodeEnded(0, 1, Success));
        AssertIgnores(instance, new ExecutionInput.NodeStarted(0, 1));
    }

    [Fact]
    public void The_result_of_an_attempt_that_does_not_exist_yet_changes_nothing()
    {
        AssertIgnores(Instance.Of("a"), new ExecutionInput.NodeEnded(0, 2, Success));
    }

    [Fact]
    public void A_repeated_result_changes_nothing()
    {
        AssertIgnores(Instance.Of("a, b").Finish("a"), new ExecutionInput.NodeEnded(0, 1, new AttemptResult.Failed("x", "x", true)));
    }

    [Fact]
    public void A_start_that_is_reported_twice_or_after_the_end_changes_nothing()
    {
        AssertIgnores(Instance.Of("a").Begin("a"), new ExecutionInput.NodeStarted(0, 1));
        AssertIgnores(Instance.Of("a, b").Finish("a"), new ExecutionInput.NodeStarted(0, 1));
        AssertIgnores(Instance.Of("a").Cancel(), new ExecutionInput.NodeStarted(0, 1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(99)]
    public void A_report_about_a_node_that_is_not_handed_out_changes_nothing(int node)
    {
        AssertIgnores(Instance.Of("a -> b, box{x(noop)}(if=one_failed)"), new ExecutionInput.NodeEnded(node, 1, Success));
    }

    [Fact]
    public void After_the_end_nothing_changes_anything()
    {
        var instance = Instance.Of("a").Finish("a");

        foreach (var input in new ExecutionInput[]
        {
            new ExecutionInput.Start(), new ExecutionInput.Adopted("silo"), new ExecutionInput.NodeEnded(0, 1, Success),
            new ExecutionInput.TimerDue(), new ExecutionInput.GateOpened(0), new ExecutionInput.RetryFailed("ann"),
        })
            AssertIgnores(instance, input);
    }

    [Fact]
    public void Time_that_runs_backwards_does_not_make_history_run_backwards()
    {
        var machine = new ExecutionMachine(GraphText.Compile("a"), new());
        var turn = new ExecutionTurn();
        machine.Handle(new ExecutionInput.Start(), Instance.Noon, turn);
        machine.Handle(new ExecutionInput.NodeEnded(0, 1, Success), Instance.Noon.AddHours(-1), turn);

        Assert.All(turn.Events, happened => Assert.Equal(Instance.Noon.ToUnixTimeMilliseconds(), happened.At));
    }

    private static void AssertIgnores(Instance instance, ExecutionInput input)
    {
        var before = instance.History.Count;
        instance.Handle(input);

        Assert.Equal(before, instance.History.Count);
        Assert.Empty(instance.Commands);
    }
}
