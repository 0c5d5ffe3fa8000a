using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Nodes.Logging;

namespace Scheduler.Silo.Tests.Nodes.Logging;

public sealed class AttemptLogLinesTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1691000000456);

    [Fact]
    public void The_first_line_names_the_job_or_the_retry()
    {
        Assert.Equal("Starting command job extract at 1691000000456.", AttemptLogLines.Starting("command", "extract", 1, At));
        Assert.Equal("Starting retry 1 of command job extract at 1691000000456.", AttemptLogLines.Starting("command", "extract", 2, At));
    }

    [Theory]
    [InlineData(NodeStatus.Succeeded, "SUCCEEDED")]
    [InlineData(NodeStatus.Tolerated, "FAILED_SUCCEEDED")]
    [InlineData(NodeStatus.Failed, "FAILED")]
    [InlineData(NodeStatus.TimedOut, "FAILED")]
    [InlineData(NodeStatus.Cancelled, "KILLED")]
    public void The_last_lines_say_how_it_ended(NodeStatus status, string name)
    {
        Assert.Equal(
            $"Finishing job extract attempt: 0 at 1691000000456 with status {name}", AttemptLogLines.Finishing("extract", 1, At, status));
        Assert.Equal(
            $"Wrapping up command job extract, finished at 1691000000456 with status {name}.",
            AttemptLogLines.WrappingUp("command", "extract", At, status));
    }

    [Fact]
    public void An_attempt_that_never_ran_has_no_last_line() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AttemptLogLines.Finishing("extract", 1, At, NodeStatus.Skipped));
}
