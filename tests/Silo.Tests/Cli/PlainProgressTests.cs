using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Cli.Rendering;

namespace Scheduler.Silo.Tests.Cli;

public class PlainProgressTests
{
    [Fact]
    public void The_first_look_tells_what_has_happened_already_in_its_order()
    {
        var view = Views.Of(ExecutionStatus.Running, "late Running, early Succeeded, next Planned");

        Assert.Equal(["      1.00 s  late Running", "      2.00 s  early Succeeded after 1.00 s"], PlainProgress.Changes(null, view));
    }

    [Fact]
    public void A_later_look_tells_only_what_is_new()
    {
        var before = Views.Of(ExecutionStatus.Running, "a Running, b Planned");
        var after = Views.Of(ExecutionStatus.Running, "a Succeeded, b Running");

        Assert.Empty(PlainProgress.Changes(before, before));
        Assert.Equal(["      1.00 s  b Running", "      2.00 s  a Succeeded after 1.00 s"], PlainProgress.Changes(before, after));
    }

    [Fact]
    public void An_attempt_that_wakes_up_is_not_told_as_a_start()
    {
        var asleep = Views.Parse("a Waiting");
        asleep[0] = asleep[0] with { StartedAt = Views.Start };

        Assert.Empty(PlainProgress.Changes(Views.Of(ExecutionStatus.Running, asleep), Views.Of(ExecutionStatus.Running, "a Running")));
    }

    [Fact]
    public void What_never_ran_took_no_time()
    {
        var nodes = Views.Parse("mail Omitted");
        nodes[0] = nodes[0] with { StartedAt = Views.Start, EndedAt = Views.Start, Reason = "its condition is false" };

        Assert.Equal(
            ["      0.00 s  mail Omitted: its condition is false"], PlainProgress.Changes(null, Views.Of(ExecutionStatus.Running, nodes)));
    }

    [Fact]
    public void Every_failed_attempt_is_told_even_when_the_next_one_ended_between_two_looks()
    {
        var before = Views.Of(ExecutionStatus.Running, "download Running");
        var nodes = Views.Parse("download Succeeded");
        nodes[0] = nodes[0] with
        {
            Attempt = 2,
            StartedAt = Views.Start.AddSeconds(3),
            EndedAt = Views.Start.AddSeconds(4),
            PastAttempts = [new PastAttempt(1, NodeStatus.Failed, Views.Start.AddSeconds(1), Views.Start.AddSeconds(2), "exit code 7")],
        };

        Assert.Equal(
            ["      2.00 s  download (attempt 1) Failed after 1.00 s: exit code 7", "      4.00 s  download (attempt 2) Succeeded after 1.00 s"],
            PlainProgress.Changes(before, Views.Of(ExecutionStatus.Running, nodes)));
    }
}
