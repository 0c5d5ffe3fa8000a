using System.Buffers;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Journal rows as bytes: a version, the time of the first event, then the events to the end of the row, each with its kind, the
/// milliseconds since the event in front, and what its kind needs. An ordinary event takes four to seven bytes.
/// </summary>
/// <remarks>
/// Rows live as long as the database. What a version says never changes; a new field or meaning needs a new version, and all old
/// versions stay readable. Kinds and statuses are stored as numbers and never renumbered.
/// </remarks>
internal static partial class ExecutionCodec
{
    private const byte RowVersion = 1;

    private const byte HasFailure = 0x40;
    private const byte HasOutputs = 0x80;
    private const byte StatusBits = 0x3F;

    /// <param name="events">At least one, in order.</param>
    public static byte[] EncodeRow(IReadOnlyList<ExecutionEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(16 + events.Count * 8);
        EncodeRow(events, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="events">At least one, in order.</param>
    /// <param name="output">Gets the row appended.</param>
    public static void EncodeRow(IReadOnlyList<ExecutionEvent> events, IBufferWriter<byte> output)
    {
        var writer = new PackedWriter(output);
        var before = events[0].At;
        writer.Byte(RowVersion);
        writer.Signed(before);
        for (var index = 0; index < events.Count; index++)
        {
            var happened = events[index];
            writer.Byte((byte)happened.Kind);
            writer.Signed(happened.At - before);
            Encode(writer, happened);
            before = happened.At;
        }
    }

    private static void Encode(PackedWriter writer, in ExecutionEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKind.ExecutionStarted or EventKind.ExecutionFailing:
                break;
            case EventKind.ExecutionEnded:
                writer.Byte((byte)happened.Outcome);
                break;
            case < EventKind.NodeWaiting or EventKind.ExecutionTimingOut:
                writer.Text(happened.Text);
                break;
            case EventKind.NodeOmitted:
                writer.Number(happened.Node);
                writer.Byte((byte)happened.Omission);
                break;
            default:
                writer.Number(happened.Node);
                writer.Number(happened.Attempt);
                EncodeAttempt(writer, happened);
                break;
        }
    }

    private static void EncodeAttempt(PackedWriter writer, in ExecutionEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKind.NodeEnded:
                EncodeEnd(writer, happened);
                break;
            case EventKind.NodeRetrying or EventKind.NodeTimedOut:
                writer.Text(happened.Code);
                writer.Text(happened.Text);
                writer.Signed(happened.DueAt - happened.At);
                break;
            case EventKind.NodeSleeping:
                writer.Text(happened.Text);
                writer.Signed(happened.DueAt - happened.At);
                break;
            case EventKind.NodeLost or EventKind.NodeInterrupted or EventKind.NodeHandleSaved:
                writer.Text(happened.Text);
                break;
            default:
                break;
        }
    }

    private static void EncodeEnd(PackedWriter writer, in ExecutionEvent happened)
    {
        var hasFailure = happened.Code is not null || happened.Text is not null;
        writer.Byte((byte)((byte)happened.Status | (hasFailure ? HasFailure : 0) | (happened.Outputs is null ? 0 : HasOutputs)));
        if (hasFailure)
        {
            writer.Text(happened.Code);
            writer.Text(happened.Text);
        }

        if (happened.Outputs is not null) writer.Pairs(happened.Outputs);
    }
}
