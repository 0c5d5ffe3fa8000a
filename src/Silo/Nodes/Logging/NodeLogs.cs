using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Timeline;
using Scheduler.Silo.Storage.Logs;

namespace Scheduler.Silo.Nodes.Logging;

/// <summary>
/// Logs of attempts as their readers know them: what the attempt wrote, between lines that say when it began and how it ended. These
/// lines follow from the journal, so they are not stored again, and an attempt that writes nothing costs nothing.
/// </summary>
internal sealed class NodeLogs(ILogStore logs)
{
    /// <param name="executionId">The execution.</param>
    /// <param name="node">Position of the node in its graph.</param>
    /// <param name="view">The node as last stored.</param>
    /// <param name="attempt">Counted from 1; null takes the latest.</param>
    /// <param name="offset">Bytes from the start; values outside the log give an empty slice.</param>
    /// <param name="length">At most this many bytes.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<LogSlice> ReadAsync(
        long executionId, int node, NodeView view, int? attempt, long offset, int length, CancellationToken cancellationToken)
    {
        var number = attempt ?? view.Attempt;
        var (front, back) = AttemptLogLines.Around(view, number);
        if (front.Length == 0) return new LogSlice(0, default, 0);

        var (from, room) = (Math.Max(0, offset), Math.Max(0, length));
        var body = await logs.ReadAsync(
            new AttemptId(executionId, node, number), from - front.Length, RoomBehind(front.Length, from, room), cancellationToken);
        var backAt = front.Length + body.TotalLength;
        var total = backAt + back.Length;

        List<byte> bytes = [.. Cut(front, from, room)];
        bytes.AddRange(body.Bytes.Span);
        // A body that was cut short, because its tail moved on meanwhile, ends the slice early.
        if (from + bytes.Count == Math.Max(from, backAt)) bytes.AddRange(Cut(back, from + bytes.Count - backAt, room - bytes.Count));
        return new LogSlice(Math.Min(from, total), bytes.ToArray(), total);
    }

    /// <summary>The part of the room that lies behind the front.</summary>
    private static int RoomBehind(int front, long from, int room) => (int)Math.Max(0, room - Math.Max(0, front - from));

    private static ReadOnlySpan<byte> Cut(byte[] text, long from, int length)
    {
        if (from >= text.Length) return [];
        return text.AsSpan((int)from, Math.Min(length, text.Length - (int)from));
    }
}
