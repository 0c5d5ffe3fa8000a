using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>Gates and expressions that decide whether a node runs, and what they do to the failure in front of them.</summary>
public sealed class ConditionTests
{
    private const string SuccessAndFailure = "a -> c, b -> c";

    [Theory]
    [InlineData("all_success", "", false)]
    [InlineData("all_success", "ab", true)]
    [InlineData("all_success", "a", false)]
    [InlineData("all_failed", "", true)]
    [InlineData("all_failed", "a", false)]
    [InlineData("all_failed", "ab", false)]
    [InlineData("all_done", "", true)]
    [InlineData("all_done", "a", true)]
    [InlineData("one_failed", "", true)]
    [InlineData("one_failed", "a", true)]
    [InlineData("one_failed", "ab", false)]
    [InlineData("one_success", "", false)]
    [InlineData("one_success", "a", true)]
    [InlineData("one_success", "ab", true)]
    public void A_macro_looks_at_the_endings_of_the_parents(string macro, string succeeding, bool runs)
    {
        var instance = Instance.Of($"{SuccessAndFailure}, c(if={macro})", FailureAction.FinishPossible);
        foreach (var parent in new[] { "a", "b" })
            if (succeeding.Contains(parent)) instance.Finish(parent);
            else instance.Fail(parent);

        Assert.Equal(runs, instance.Ready.Contains("c"));
        if (!runs) Assert.Equal(NodeStatus.Omitted, instance["c"].Status);
    }

    [Theory]
    [InlineData("one_success")]
    [InlineData("one_failed")]
    [InlineData("all_done")]
    public void Even_one_of_macros_wait_for_all_parents(string macro)
    {
        var instance = Instance.Of($"{SuccessAndFailure}, c(if={macro})").Finish("a");

        Assert.Equal(NodeStatus.Planned, instance["c"].Status);
    }

    [Theory]
    [InlineData("all_success", true)]
    [InlineData("all_done", true)]
    [InlineData("all_failed", true)]
    [InlineData("one_success", false)]
    [InlineData("one_failed", false)]
    public void Without_parents_all_of_nothing_holds_and_one_of_nothing_does_not(string macro, bool runs)
    {
        Assert.Equal(runs ? ["a"] : [], Instance.Of($"a(if={macro})").Ready);
    }

    [Fact]
    public void A_skipped_and_a_tolerated_parent_count_as_success()
    {
        var instance = Instance.Disabling("a -> c, b(tolerant) -> c", new DisabledNode("a")).Fail("b");

        Assert.Equal(["c"], instance.Ready);
    }

    [Fact]
    public void A_cancelled_and_an_omitted_parent_count_as_failure()
    {
        var instance = Instance.Of("a -> c(if=all_failed), b(if=1 == 2) -> c").Stopped("a");

        Assert.Equal(["c"], instance.Ready);
    }

    [Fact]
    public void A_failure_that_every_dependent_can_use_does_not_fail_the_execution()
    {
        var instance = Instance.Of("a -> b(if=one_failed), a -> c(if=all_done)").Fail("a");
        Assert.Equal(ExecutionStatus.Running, instance.Status);

        Assert.Equal(ExecutionStatus.Succeeded, instance.Finish("b", "c").Status);
    }

    [Fact]
    public void A_failure_with_one_dependent_that_needs_success_fails_the_execution()
    {
        Assert.Equal(ExecutionStatus.Failing, Instance.Of("a -> b(if=one_failed), a -> c", FailureAction.FinishPossible).Fail("a").Status);
    }

    [Fact]
    public void A_condition_without_a_macro_needs_success()
    {
        Assert.Equal(ExecutionStatus.Failing, Instance.Of("a -> b(if=1 == 1), d").Fail("a").Status);
    }

    [Fact]
    public void The_failure_of_an_end_node_always_fails_the_execution()
    {
        Assert.Equal(ExecutionStatus.Failed, Instance.Of("a").Fail("a").Status);
    }

    [Theory]
    [InlineData("7", true)]
    [InlineData("5", false)]
    [InlineData("many", false)]
    public void An_expression_sees_the_outputs_of_siblings(string rows, bool runs)
    {
        var instance = Instance.Of("a -> b(if=${a:rows} > 5)").FinishWith("a", "rows", rows);

        Assert.Equal(runs ? ["b"] : [], instance.Ready);
    }

    [Fact]
    public void An_expression_may_ask_a_node_that_is_no_parent_and_gets_null_when_it_has_not_ended()
    {
        Assert.Equal(["b"], Instance.Of("a -> c(if=${b:x} == 'null'), b").Finish("a").Ready.Where(node => node == "b"));
        Assert.Contains("c", Instance.Of("a -> c(if=${b:x} == 'null'), b").Finish("a").Ready);
        Assert.Contains("c", Instance.Of("a -> c(if=${b:x} == '1'), b").FinishWith("b", "x", "1").Finish("a").Ready);
    }

    [Fact]
    public void An_expression_inside_a_container_sees_its_own_siblings_only()
    {
        var instance = Instance.Of("a, a -> box{a -> b(if=${a:x} == 'inner')}").FinishWith("a", "x", "outer");
        Assert.Contains("box:a", instance.Ready);

        Assert.Contains("box:b", instance.FinishWith("box:a", "x", "inner").Ready);
    }

    [Fact]
    public void An_expression_sees_the_merged_outputs_of_a_container()
    {
        var instance = Instance.Of("box{x, y} -> b(if=${box:k} == 'y')").FinishWith("box:y", "k", "y").FinishWith("box:x", "k", "x");

        Assert.Equal(["b"], instance.Ready);
    }

    [Fact]
    public void A_gate_that_holds_does_not_help_against_a_false_expression()
    {
        var instance = Instance.Of("a -> b(if=all_done && 1 > 2)").Finish("a");

        Assert.Equal("a Succeeded, b Omitted", instance.Statuses);
        Assert.Equal("its condition is false", instance["b"].Reason);
    }

    [Fact]
    public void A_text_that_is_no_condition_never_holds()
    {
        Assert.Equal("a Succeeded, b Omitted", Instance.Of("a -> b(if=all_done && )").Finish("a").Statuses);
    }

    [Fact]
    public void An_omitted_node_cascades_to_those_that_need_success()
    {
        var instance = Instance.Of("a -> b(if=1 > 2) -> c -> d(if=all_done)").Finish("a");

        Assert.Equal("a Succeeded, b Omitted, c Omitted, d Waiting", instance.Statuses);
    }

    [Fact]
    public void An_omitted_end_node_of_a_running_execution_ends_it_as_cancelled()
    {
        Assert.Equal(ExecutionStatus.Cancelled, Instance.Of("a -> b(if=1 > 2)").Finish("a").Status);
    }

    [Fact]
    public void An_omitted_node_in_the_middle_does_no_harm()
    {
        Assert.Equal(ExecutionStatus.Succeeded, Instance.Of("a -> b(if=1 > 2) -> c(if=all_done)").Finish("a", "c").Status);
    }
}
