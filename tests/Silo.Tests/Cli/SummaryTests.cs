using Scheduler.Contracts.Instances;
using Scheduler.Silo.Cli.Rendering;

namespace Scheduler.Silo.Tests.Cli;

public class SummaryTests
{
    private static readonly ExecutionView Failed =
        Views.Of(ExecutionStatus.Failed, "load Failed, load:a Succeeded, load:b Failed, slow TimedOut, mail Omitted, other Cancelled");

    [Fact]
    public void It_tells_the_ending_the_time_and_the_endings_of_the_nodes_that_do_work() =>
        Assert.Equal("nightly Failed in 5.00 s: 1 Succeeded, 1 Failed, 1 TimedOut, 1 Cancelled, 1 Omitted", Summary.Of(Failed).ToString());

    [Fact]
    public void Only_nodes_that_failed_by_themselves_are_explained() =>
        Assert.Equal(["load:b", "slow"], Summary.Failures(Failed).Select(node => node.Path));

    [Fact]
    public void A_failure_names_the_node_the_reason_and_the_end_of_the_log()
    {
        var node = Failed.Nodes[2] with { Attempt = 2, Reason = "exit code 7" };

        Assert.Equal(
            ["load:b Failed after 2 attempts: exit code 7", "  │ first", "  │ last"],
            Summary.Failure(node, ["first", "last"]).Select(line => line.ToString()));
    }
}
