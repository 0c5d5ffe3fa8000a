using System.Globalization;
using System.Text;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>
/// The log of an execution itself, in Azkaban's format: one line for each event. It depends on nothing but the graph and the rows,
/// and more rows only add bytes, so offsets into it stay valid for ever.
/// </summary>
/// <remarks>Rendered logs are read by offset for as long as they exist: a text, once released, must not change.</remarks>
internal static class ExecutionLog
{
    /// <summary>The lines of all rows, UTF-8, each with a line feed at its end.</summary>
    public static byte[] Render(ExecutionGraph graph, IEnumerable<ReadOnlyMemory<byte>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            foreach (var happened in ExecutionCodec.DecodeRow(row.Span))
                Append(text, graph, happened);

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, ExecutionGraph graph, in ExecutionEvent happened)
    {
        // Log4j prints what stands behind the last dot of a logger's name.
        var logger = graph.Workflow.Id[(graph.Workflow.Id.LastIndexOf('.') + 1)..];
        var level = happened.Kind is EventKind.ExecutionFailing or EventKind.NodeFailing or EventKind.NodeRetrying or EventKind.NodeLost
                or EventKind.NodeTimingOut or EventKind.NodeTimedOut or EventKind.ExecutionTimingOut
            || (happened.Kind == EventKind.NodeEnded && happened.Status.IsFailure()) ? "ERROR" : "INFO";

        var time = DateTimeOffset.FromUnixTimeMilliseconds(happened.At).ToString("dd-MM-yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        var line = text.Length;
        text.Append(time).Append(" UTC ").Append(logger).Append(' ').Append(level).Append(" - ");
        text.Append(happened.Kind.IsOfNode() ? SayOfNode(graph.PathOf(happened.Node), happened) : Say(graph, happened));

        // Names and reasons are the users' text; a line break in one must not look like a further line.
        text.Replace('\r', ' ', line, text.Length - line).Replace('\n', ' ', line, text.Length - line).Append('\n');
    }

    private static string Say(ExecutionGraph graph, in ExecutionEvent happened) => happened.Kind switch
    {
        EventKind.ExecutionStarted => $"Running flow '{graph.Workflow.Id}'.",
        EventKind.ExecutionPaused => $"Paused by {happened.Text}.",
        EventKind.ExecutionResumed => $"Resumed by {happened.Text}.",
        EventKind.ExecutionFailing => $"Flow '{graph.Workflow.Id}' has failed; other jobs may still end.",
        EventKind.ExecutionCancelling when happened.Text is null => "Cancelling everything, because that is the failure action.",
        EventKind.ExecutionCancelling => $"Cancelled by {happened.Text}.",
        EventKind.ExecutionTimingOut => $"Flow '{graph.Workflow.Id}' has run longer than {happened.Text}; stopping everything.",
        EventKind.ExecutionRetried => $"Failed jobs get another try, by order of {happened.Text}.",
        EventKind.ExecutionEnded => $"Flow '{graph.Workflow.Id}' has ended as {Word(happened.Outcome)}.",
        _ => $"Taken over by {happened.Text}.",
    };

    private static string SayOfNode(string path, in ExecutionEvent happened) => happened.Kind switch
    {
        EventKind.NodeWaiting => $"Job '{path}' waits for a slot.",
        EventKind.NodeQueued => $"Job '{path}' is queued, attempt {happened.Attempt}.",
        EventKind.NodeStarted => $"Job '{path}' has started, attempt {happened.Attempt}.",
        EventKind.NodeCancelling => $"Stopping job '{path}', attempt {happened.Attempt}.",
        EventKind.NodeFailing => $"Flow '{path}' has failed; other jobs in it may still end.",
        EventKind.NodeEnded => $"Job '{path}' has ended as {Word(happened.Status)}, attempt {happened.Attempt}{Because(happened)}.",
        EventKind.NodeRetrying =>
            $"Job '{path}' has failed, attempt {happened.Attempt}{Because(happened)}; it is tried again{Delay(happened)}.",
        EventKind.NodeTimingOut => $"Job '{path}' has run longer than it may, attempt {happened.Attempt}; stopping it.",
        EventKind.NodeTimedOut =>
            $"Job '{path}' has timed out, attempt {happened.Attempt}{Because(happened)}; it is tried again{Delay(happened)}.",
        EventKind.NodeLost => $"Job '{path}' was lost, attempt {happened.Attempt}: {happened.Text}; it is started again.",
        EventKind.NodeInterrupted => $"Job '{path}' was interrupted, attempt {happened.Attempt}: {happened.Text}; it is started again.",
        EventKind.NodeSleeping =>
            $"Job '{path}' waits, attempt {happened.Attempt}: {happened.Text}; it looks again{Delay(happened)}.",
        EventKind.NodeHandleSaved when happened.Text is null => $"Job '{path}' has nothing going on elsewhere any more, attempt {happened.Attempt}.",
        EventKind.NodeHandleSaved => $"Job '{path}' has left a handle to its work, attempt {happened.Attempt}.",
        EventKind.NodeOmitted => $"Job '{path}' does not run: {happened.Omission.ToText()}.",
        EventKind.NodeSkipped => $"Job '{path}' is disabled and skipped.",
        _ => $"Job '{path}' gets another try.",
    };

    private static string Because(in ExecutionEvent happened) => (happened.Code, happened.Text) switch
    {
        (null, null) => "",
        (var code, null) => $" ({code})",
        (null, var text) => $": {text}",
        var (code, text) => $": {text} ({code})",
    };

    private static string Delay(in ExecutionEvent happened) =>
        happened.DueAt > happened.At ? $" in {(happened.DueAt - happened.At).ToString(CultureInfo.InvariantCulture)} ms" : "";

    private static string Word(ExecutionStatus status) => status.ToString().ToLowerInvariant();

    private static string Word(NodeStatus status) => status.ToString().ToLowerInvariant();
}
