using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Packages.Archives;
using Spectre.Console.Rendering;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>
/// What a terminal shows of a running execution: its name and status, the tree of its nodes, and how far it is. Never more lines or
/// columns than the terminal has.
/// </summary>
internal static class ProgressScreen
{
    private const int Indent = 2;
    private const int BarWidth = 30;

    /// <summary>Lines around the tree: the header, the bar, and the one the cursor rests on.</summary>
    private const int Frame = 3;

    /// <param name="view">The execution.</param>
    /// <param name="now">For how long running nodes have run.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Lines of the terminal.</param>
    public static IReadOnlyList<Line> Draw(ExecutionView view, DateTimeOffset now, int width, int height)
    {
        var tree = new NodeTree(view.Nodes);
        var lines = new List<Line> { Header(view.Summary, now) };
        if (height > Frame) lines.AddRange(Tree(tree, now, width, height - Frame));
        if (height > 2) lines.Add(Bar(tree));
        return [.. lines.Select(line => line.Fit(width))];
    }

    private static Line Header(ExecutionSummary summary, DateTimeOffset now) => new Line()
        .Add(Printable.Of(summary.WorkflowId), Looks.Strong)
        .Add($"  {summary.Status}", Looks.StyleOf(summary.Status))
        .Add($"  {Durations.ToText((summary.EndedAt ?? now) - (summary.StartedAt ?? now))}", Looks.Dim)
        .Add(summary.Status == ExecutionStatus.Cancelling ? "  (Ctrl-C again ends at once)" : "", Looks.Dim);

    private static List<Line> Tree(NodeTree tree, DateTimeOffset now, int width, int height)
    {
        var isShown = LineChoice.Choose(tree, height);
        var hidden = new HiddenNodes(tree, isShown);
        var nameEnd = NameEnd(tree, isShown, width);
        var lines = new List<Line>();
        var open = new Stack<int>([NodeTree.Root]);

        for (var node = 0; node < tree.Nodes.Count; node++)
        {
            if (!isShown[node]) continue;

            while (open.Peek() != tree.Nodes[node].Container) Close();
            lines.Add(NodeLine(tree, node, nameEnd, now));
            if (tree.IsContainer(node)) open.Push(node);
        }

        while (open.Count > 0) Close();
        return lines;

        void Close()
        {
            var place = open.Pop();
            if (hidden.LineFor(place, Indent * (place == NodeTree.Root ? 1 : tree.DepthOf(place) + 2)) is { } line) lines.Add(line);
        }
    }

    private static Line NodeLine(NodeTree tree, int node, int nameEnd, DateTimeOffset now)
    {
        var view = tree.Nodes[node];
        var style = Looks.StyleOf(view.Status);
        var line = new Line()
            .Add(new string(' ', Indent * (tree.DepthOf(node) + 1)))
            .Add($"{Looks.IconOf(view.Status)} ", style)
            .Add(Printable.Of(view.Name))
            .Fit(nameEnd - 1).PadTo(nameEnd)
            .Add(Looks.WordsOf(view), style);

        if (Looks.RunTimeOf(view, now) is { } time) line.Add($"  {Durations.ToText(time)}");
        if (view.Attempt > 1) line.Add($"  attempt {view.Attempt}", Looks.Dim);
        if (view.Reason is { } reason) line.Add($"  {Printable.Of(reason)}", Looks.Dim);
        return line;
    }

    /// <summary>The column behind the longest name; half of the terminal at most.</summary>
    private static int NameEnd(NodeTree tree, bool[] isShown, int width)
    {
        var longest = 0;
        for (var node = 0; node < isShown.Length; node++)
            if (isShown[node])
                longest = Math.Max(longest, (Indent * (tree.DepthOf(node) + 1)) + 2 + new Segment(Printable.Of(tree.Nodes[node].Name)).CellCount());
        return Math.Min(longest + 2, Math.Max(8, width / 2));
    }

    private static Line Bar(NodeTree tree)
    {
        var all = tree.Leaves.Select(node => tree.Nodes[node].Status).ToList();
        var done = all.Count(status => status.IsTerminal());
        var running = all.Count(status => status is NodeStatus.Running or NodeStatus.Cancelling);
        var filled = all.Count == 0 ? BarWidth : (int)((long)BarWidth * done / all.Count);

        return new Line()
            .Add(new string('━', filled), Looks.StyleOf(NodeStatus.Running))
            .Add(new string('─', BarWidth - filled), Looks.Dim)
            .Add($"  {done} of {all.Count} nodes")
            .Add(running > 0 ? $", {running} running" : "", Looks.Dim);
    }
}
