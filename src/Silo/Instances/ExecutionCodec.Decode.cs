using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <content>From bytes back to events.</content>
internal static partial class ExecutionCodec
{
    /// <summary>The events of a row, in order.</summary>
    /// <exception cref="ExecutionFormatException">The bytes are damaged or of a version this program does not know.</exception>
    public static List<ExecutionEvent> DecodeRow(ReadOnlySpan<byte> row)
    {
        var reader = new PackedReader(row);
        if (reader.Byte() is var version and not RowVersion) throw Unknown(version, RowVersion, "journal row");
        var events = new List<ExecutionEvent>();
        for (var at = reader.Signed(); !reader.IsAtEnd;)
        {
            var kind = (EventKind)reader.Byte();
            at += reader.Signed();
            events.Add(Decode(ref reader, kind, at));
        }

        return events;
    }

    private static ExecutionFormatException Unknown(byte found, byte known, string what) =>
        new($"This program reads version {known} of a {what}, and this one has version {found}.");

    private static ExecutionEvent Decode(ref PackedReader reader, EventKind kind, long at) => kind switch
    {
        EventKind.ExecutionStarted or EventKind.ExecutionFailing => new(kind, at),
        EventKind.ExecutionEnded => ExecutionEvent.Ended(at, Outcome(reader.Byte())),
        (> 0 and < EventKind.NodeWaiting) or EventKind.ExecutionTimingOut => ExecutionEvent.OfExecution(kind, at, reader.Text()),
        EventKind.NodeOmitted => ExecutionEvent.NodeOmitted(at, reader.Number(), Reason(reader.Byte())),
        _ when kind.IsOfNode() =>
            DecodeAttempt(ref reader, ExecutionEvent.OfNode(kind, at, reader.Number(), reader.Number())),
        _ => throw new ExecutionFormatException($"This program knows no event {(byte)kind}."),
    };

    private static ExecutionEvent DecodeAttempt(ref PackedReader reader, ExecutionEvent happened) => happened.Kind switch
    {
        EventKind.NodeEnded => DecodeEnd(ref reader, happened),
        EventKind.NodeRetrying or EventKind.NodeTimedOut => happened with { Code = reader.Text(), Text = reader.Text(), DueAt = happened.At + reader.Signed() },
        EventKind.NodeSleeping => happened with { Text = reader.Text(), DueAt = happened.At + reader.Signed() },
        EventKind.NodeLost or EventKind.NodeInterrupted or EventKind.NodeHandleSaved => happened with { Text = reader.Text() },
        _ => happened,
    };

    private static ExecutionEvent DecodeEnd(ref PackedReader reader, ExecutionEvent happened)
    {
        var head = reader.Byte();
        happened = happened with { Status = Ending(head & StatusBits) };
        if ((head & HasFailure) != 0) happened = happened with { Code = reader.Text(), Text = reader.Text() };
        if ((head & HasOutputs) != 0) happened = happened with { Outputs = reader.Pairs() };
        return happened;
    }

    private static NodeStatus Ending(int value) => value is >= (int)NodeStatus.Succeeded and <= (int)NodeStatus.Skipped
        ? (NodeStatus)value
        : throw new ExecutionFormatException($"No node ends with status {value}.");

    private static ExecutionStatus Outcome(int value) => value is >= (int)ExecutionStatus.Succeeded and <= (int)ExecutionStatus.Cancelled
        ? (ExecutionStatus)value
        : throw new ExecutionFormatException($"No execution ends with status {value}.");

    private static Omission Reason(int value) => value is > 0 and <= (int)Omission.TimedOut
        ? (Omission)value
        : throw new ExecutionFormatException($"There is no reason {value} to omit a node.");
}
