using System.Globalization;
using System.Text;
using Scheduler.Contracts.Nodes;
using LogLevel = Scheduler.Contracts.Plugins.LogLevel;

namespace Scheduler.Silo.Nodes.Logging;

/// <summary>
/// The lines that begin and end the log of every attempt, in the words of Azkaban: tools match them by regular expression.
/// </summary>
/// <remarks>Attempts count from 1 here and from 0 in these lines. Times are milliseconds since 1970.</remarks>
internal static class AttemptLogLines
{
    /// <summary>Everything in front of and behind what the attempt itself wrote; each is empty as long as there is nothing to say.</summary>
    public static (byte[] Front, byte[] Back) Around(NodeView node, int attempt)
    {
        var past = node.PastAttempts.FirstOrDefault(past => past.Number == attempt);
        if (past is null && attempt != node.Attempt) return ([], []);

        var (status, startedAt, endedAt) =
            past is null ? (node.Status, node.StartedAt, node.EndedAt) : (past.Status, past.StartedAt, past.EndedAt);
        if (startedAt is not { } start || !HasBegun(status)) return ([], []);

        var front = Line(node.Name, start, Starting(node.Type, node.Name, attempt, start));
        if (endedAt is not { } end || !status.IsTerminal()) return (front, []);

        return (front,
        [
            .. Line(node.Name, end, Finishing(node.Name, attempt, end, status)),
            .. Line(node.Name, end, WrappingUp(node.Type, node.Name, end, status)),
        ]);
    }

    /// <param name="type">Node type, such as <c>command</c>.</param>
    /// <param name="node">The name of the node.</param>
    /// <param name="attempt">Counted from 1.</param>
    /// <param name="at">When it started.</param>
    public static string Starting(string type, string node, int attempt, DateTimeOffset at) => attempt == 1
        ? Text($"Starting {type} job {node} at {at.ToUnixTimeMilliseconds()}.")
        : Text($"Starting retry {attempt - 1} of {type} job {node} at {at.ToUnixTimeMilliseconds()}.");

    /// <summary>The last line but one, as of Azkaban 3.0; <c>dr-elephant</c> reads it.</summary>
    public static string Finishing(string node, int attempt, DateTimeOffset at, NodeStatus status) =>
        Text($"Finishing job {node} attempt: {attempt - 1} at {at.ToUnixTimeMilliseconds()} with status {Name(status)}");

    /// <summary>The last line.</summary>
    public static string WrappingUp(string type, string node, DateTimeOffset at, NodeStatus status) =>
        Text($"Wrapping up {type} job {node}, finished at {at.ToUnixTimeMilliseconds()} with status {Name(status)}.");

    /// <summary>Of one that has a start: an attempt that waits has been called before and sleeps.</summary>
    private static bool HasBegun(NodeStatus status) =>
        status is NodeStatus.Waiting or NodeStatus.Running or NodeStatus.Failing or NodeStatus.Cancelling or NodeStatus.Succeeded
            or NodeStatus.Tolerated or NodeStatus.Failed or NodeStatus.TimedOut or NodeStatus.Cancelled;

    private static byte[] Line(string node, DateTimeOffset at, string text) =>
        [.. new LineFront(node).At(LogLevel.Info, at), .. Encoding.UTF8.GetBytes(text + '\n')];

    /// <summary>Only statuses in which an attempt that has run can end have a name here.</summary>
    private static string Name(NodeStatus status) => status switch
    {
        NodeStatus.Succeeded => "SUCCEEDED",
        NodeStatus.Tolerated => "FAILED_SUCCEEDED",
        NodeStatus.Failed or NodeStatus.TimedOut => "FAILED",
        NodeStatus.Cancelled => "KILLED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "An attempt that has run does not end like this"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
