using CsCheck;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// Random workflows in random order, with losses, crashes, repeated reports, pauses, retries and cancels. The referee checks every
/// event: no node starts before its conditions hold, no more run than allowed, everything ends, and it ends once.
/// </summary>
public sealed class RandomExecutionTests
{
    private const int Runs = 3_000;

    [Fact]
    public void Every_execution_obeys_the_rules_and_comes_to_its_end_whatever_happens()
    {
        Scenarios.Scenario.Sample(scenario => { Run.ToTheEnd(scenario); }, iter: Runs, print: scenario => scenario.ToString());
    }

    [Fact]
    public void Any_snapshot_with_the_rows_behind_it_gives_the_state_that_was_alive()
    {
        Scenarios.Scenario.Sample(scenario =>
        {
            var run = Run.ToTheEnd(scenario);
            for (var kept = 0; kept <= run.Rows.Count; kept++)
            {
                var snapshot = kept == 0 ? [] : run.Snapshots[kept - 1];
                var restored = ExecutionMachine.Restore(run.Graph, scenario.Options, snapshot, run.Rows.Skip(kept));
                Assert.Equal(run.Snapshots[^1], ExecutionCodec.EncodeSnapshot(restored.State));
            }
        }, iter: Runs / 3, print: scenario => scenario.ToString());
    }

    [Fact]
    public void A_crash_changes_nothing_in_what_happens_afterwards()
    {
        Scenarios.Scenario.Sample(scenario =>
        {
            var (crashed, spared) = (Run.ToTheEnd(scenario), Run.ToTheEnd(scenario, crashes: false));

            Assert.Equal(spared.Rows.Select(Hex), crashed.Rows.Select(Hex));
        }, iter: Runs, print: scenario => scenario.ToString());
    }

    /// <summary>
    /// With finish-possible the endings follow from the workflow alone. With the other actions they do as long as no failure matters;
    /// once one does, which nodes had started by then is a matter of time, and only the outcome of the execution is certain.
    /// </summary>
    [Fact]
    public void The_order_of_things_does_not_change_the_endings()
    {
        Scenarios.Undisturbed.Sample(scenario =>
        {
            var (endings, failureMatters) = Prediction.Of(scenario);
            var run = Run.ToTheEnd(scenario);

            if (!failureMatters || scenario.Action == FailureAction.FinishPossible)
                Assert.Equal(endings, run.Nodes.ToDictionary(node => node.Path, node => node.Status));
            if (failureMatters)
                Assert.Equal(OutcomeOfFailure(scenario.Action), run.Machine.Status);
        }, iter: Runs, print: scenario => scenario.ToString());
    }

    private static ExecutionStatus OutcomeOfFailure(FailureAction action) =>
        action == FailureAction.CancelAll ? ExecutionStatus.Cancelled : ExecutionStatus.Failed;

    private static string Hex(ReadOnlyMemory<byte> row) => Convert.ToHexString(row.Span);
}
