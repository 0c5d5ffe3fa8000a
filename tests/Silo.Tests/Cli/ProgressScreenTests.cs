using CsCheck;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Cli.Rendering;

namespace Scheduler.Silo.Tests.Cli;

public class ProgressScreenTests
{
    private static readonly DateTimeOffset Now = Views.Start.AddSeconds(4);

    [Fact]
    public void A_small_execution_is_shown_whole_with_embedded_workflows_indented()
    {
        var view = Views.Of(ExecutionStatus.Running, "extract Succeeded, load Running, load:first Succeeded, load:second Running, report Planned");

        Assert.Equal(
            """
            nightly  Running  4.00 s
              ✓ extract   Succeeded  1.00 s
              ● load      Running  3.00 s
                ✓ first   Succeeded  1.00 s
                ● second  Running  3.00 s
              · report    Planned
            ━━━━━━━━━━━━━━━───────────────  2 of 4 nodes, 1 running
            """,
            Text(ProgressScreen.Draw(view, Now, width: 80, height: 24)));
    }

    [Fact]
    public void A_line_tells_the_attempt_the_reason_and_what_is_waited_for()
    {
        var nodes = Views.Parse("download Failed, publish Waiting");
        nodes[0] = nodes[0] with { Attempt = 3, Reason = "exit code 7" };
        nodes[1] = nodes[1] with { WaitingOn = WaitingOn.Slot };

        var lines = ProgressScreen.Draw(Views.Of(ExecutionStatus.Failing, nodes), Now, 80, 24);

        Assert.Equal("  ✗ download  Failed  1.00 s  attempt 3  exit code 7", lines[1].ToString());
        Assert.Equal("  ○ publish   Waiting on Slot", lines[2].ToString());
    }

    [Fact]
    public void A_wide_fan_out_shows_what_runs_and_fails_and_counts_the_rest()
    {
        var nodes = Enumerable.Range(0, 500).Select(number => $"n{number:000} {number switch
        {
            < 300 => number == 42 ? "Failed" : "Succeeded",
            < 304 => "Running",
            _ => "Waiting",
        }}");

        Assert.Equal(
            """
            nightly  Running  4.00 s
              ✗ n042  Failed  1.00 s
              ● n300  Running  3.00 s
              ● n301  Running  3.00 s
              ● n302  Running  3.00 s
              ● n303  Running  3.00 s
              ✓ 299 Succeeded  ○ 196 Waiting
            ━━━━━━━━━━━━━━━━━━────────────  300 of 500 nodes, 4 running
            """,
            Text(ProgressScreen.Draw(Views.Of(ExecutionStatus.Running, string.Join('\n', nodes)), Now, 80, 24)));
    }

    [Fact]
    public void What_is_hidden_inside_a_shown_workflow_is_counted_there()
    {
        var inner = Enumerable.Range(0, 40).Select(number => $"load:n{number} {(number == 7 ? "Running" : "Succeeded")}");
        var view = Views.Of(ExecutionStatus.Running, string.Join('\n', ["load Running", .. inner, "report Planned"]));

        Assert.Equal(
            """
            nightly  Running  4.00 s
              ● load  Running  3.00 s
                ● n7  Running  3.00 s
                ✓ 39 Succeeded
              · 1 Planned
            """,
            Text(ProgressScreen.Draw(view, Now, 80, 24).SkipLast(1)));
    }

    [Fact]
    public void Names_cannot_steer_the_terminal()
    {
        var screen = Text(ProgressScreen.Draw(Views.Of(ExecutionStatus.Running, "a\u001b[2Jb Running"), Now, 80, 24));

        Assert.DoesNotContain('\u001b', screen);
    }

    [Fact]
    public void Any_execution_fits_any_terminal_and_every_node_is_shown_or_counted()
    {
        var view = Gen.Select(GenNodes, Gen.Int[20, 200], Gen.Int[4, 60]);

        view.Sample((nodes, width, height) =>
        {
            var lines = ProgressScreen.Draw(Views.Of(ExecutionStatus.Running, nodes), Now, width, height);
            Assert.InRange(lines.Count, 2, height);
            Assert.All(lines, line => Assert.InRange(line.Width, 0, width));
        });

        view.Sample((nodes, _, height) =>
        {
            var tree = new NodeTree(nodes);
            var isShown = LineChoice.Choose(tree, height);
            var hidden = new HiddenNodes(tree, isShown);
            var counted = Enumerable.Range(NodeTree.Root, nodes.Count + 1)
                .Select(place => hidden.LineFor(place, 0)?.ToString() ?? "")
                .SelectMany(line => line.Split(' ').Where(word => int.TryParse(word, out _)).Select(int.Parse))
                .Sum();
            Assert.Equal(tree.Leaves.Count(), counted + tree.Leaves.Count(node => isShown[node]));
        });
    }

    /// <summary>Nodes in up to four levels, any status; every embedding node embeds at least one.</summary>
    private static Gen<List<NodeView>> GenNodes { get; } =
        Gen.Select(Gen.Int[0, 3], Gen.Enum<NodeStatus>(), Gen.String[Gen.Char['a', 'z'], 1, 40]).List[0, 120].Select(parts =>
        {
            var path = new List<string>();
            var lines = new List<string>();
            foreach (var (depth, status, name) in parts)
            {
                if (path.Count > depth) path.RemoveRange(depth, path.Count - depth);
                path.Add($"{name}{lines.Count}");
                lines.Add($"{string.Join(':', path)} {status}");
            }

            return Views.Parse(string.Join('\n', lines));
        });

    private static string Text(IEnumerable<Line> lines) => string.Join('\n', lines);
}
