using System.Globalization;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes.Logging;

/// <summary>
/// The lines that begin and end the log of every attempt, in the words of Azkaban: tools match them by regular expression.
/// </summary>
/// <remarks>Attempts count from 1 here and from 0 in these lines. Times are milliseconds since 1970.</remarks>
internal static class AttemptLogLines
{
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
