using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Packages;
using Spectre.Console;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>How statuses look: an icon, a colour, a word. The colour never says anything that the word does not.</summary>
internal static class Looks
{
    public static Style Dim { get; } = new(decoration: Decoration.Dim);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    public static Style Good { get; } = new(Color.Green);

    public static Style Bad { get; } = new(Color.Red);

    private static Style Busy { get; } = new(Color.Aqua);

    private static Style Odd { get; } = new(Color.Yellow);

    /// <summary>One column wide.</summary>
    public static string IconOf(NodeStatus status) => status switch
    {
        NodeStatus.Planned or NodeStatus.Disabled => "·",
        NodeStatus.Waiting => "○",
        NodeStatus.Running => "●",
        NodeStatus.Succeeded or NodeStatus.Tolerated => "✓",
        NodeStatus.Failing or NodeStatus.Failed or NodeStatus.TimedOut => "✗",
        NodeStatus.Cancelling or NodeStatus.Cancelled => "■",
        _ => "-",
    };

    public static Style StyleOf(NodeStatus status) => status switch
    {
        NodeStatus.Running => Busy,
        NodeStatus.Succeeded => Good,
        NodeStatus.Failing or NodeStatus.Failed or NodeStatus.TimedOut => Bad,
        NodeStatus.Tolerated or NodeStatus.Cancelling or NodeStatus.Cancelled => Odd,
        _ => Dim,
    };

    public static Style StyleOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Running => Busy,
        ExecutionStatus.Succeeded => Good,
        ExecutionStatus.Failing or ExecutionStatus.Failed or ExecutionStatus.TimedOut => Bad,
        ExecutionStatus.Cancelling or ExecutionStatus.Cancelled or ExecutionStatus.Paused => Odd,
        _ => Dim,
    };

    public static Style StyleOf(Severity severity) => severity == Severity.Error ? Bad : Odd;

    /// <summary>How long the node has run; null when it has not.</summary>
    public static TimeSpan? RunTimeOf(NodeView node, DateTimeOffset now) => node switch
    {
        { Status: NodeStatus.Omitted or NodeStatus.Skipped } or { StartedAt: null } => null,
        _ => (node.EndedAt ?? now) - node.StartedAt,
    };

    /// <summary>The status, and for a waiting node what it waits for.</summary>
    public static string WordsOf(NodeView node) => node switch
    {
        { Status: NodeStatus.Waiting, WaitingOn: not WaitingOn.Nothing } => $"{node.Status} on {node.WaitingOn}",
        _ => node.Status.ToString(),
    };
}
