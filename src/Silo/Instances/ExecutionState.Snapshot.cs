using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <content>
/// The snapshot: the execution, then each node to which something has happened behind the number of untouched ones in front of it,
/// then the order of those that wait. Counters and outputs of containers follow from the nodes and are not stored. Version 2 also says
/// what has run longer than it may, version 3 what has slept or saved a handle.
/// </content>
internal sealed partial class ExecutionState
{
    public const byte NewestSnapshotVersion = VersionWithCalls;

    private const byte VersionWithTimeouts = 2;
    private const byte VersionWithCalls = 3;
    private const byte StateBits = 0x0F;
    private const byte HasAttempt = 0x10;
    private const byte HasRecord = 0x20;
    private const byte HasOmission = 0x40;
    private const byte IsPausedBit = 1;
    private const byte IsTimingOutBit = 2;

    /// <summary>The lowest version that can say what has happened.</summary>
    public byte SnapshotVersion { get; private set; } = 1;

    public void WriteTo(PackedWriter writer)
    {
        writer.Number(Graph.Count);
        writer.Byte((byte)running);
        writer.Byte((byte)((IsPaused ? IsPausedBit : 0) | (IsTimingOut ? IsTimingOutBit : 0)));
        writer.Signed(UpdatedAt);
        WriteTime(writer, StartedAt, UpdatedAt);
        WriteTime(writer, EndedAt, UpdatedAt);

        var next = 0;
        for (var node = 0; node < Graph.Count; node++)
        {
            if (Slot(node).UpdatedAt == NodeSlot.Never) continue;
            writer.Number(node - next);
            WriteNode(writer, Slot(node), isContainer: Graph[node].Kind == NodeKind.Container);
            next = node + 1;
        }

        writer.Number(Graph.Count - next);
        WriteList(writer, WaitingPlugins);
        WriteList(writer, WaitingOthers);
        if (SnapshotVersion >= VersionWithCalls) WriteList(writer, WaitingCalls);
    }

    /// <param name="reader">At what <see cref="WriteTo"/> gave.</param>
    /// <param name="version">Its <see cref="SnapshotVersion"/>.</param>
    public void ReadFrom(ref PackedReader reader, byte version)
    {
        SnapshotVersion = version;
        if (reader.Number() is var count && count != Graph.Count)
            throw new ExecutionFormatException($"The snapshot is of {count} nodes, the graph has {Graph.Count}.");

        running = (ExecutionStatus)reader.Byte();
        var flags = reader.Byte();
        (IsPaused, IsTimingOut) = ((flags & IsPausedBit) != 0, (flags & IsTimingOutBit) != 0);
        UpdatedAt = reader.Signed();
        StartedAt = ReadTime(ref reader, UpdatedAt);
        EndedAt = ReadTime(ref reader, UpdatedAt);

        for (long node = reader.Number(); node < Graph.Count; node += 1L + reader.Number()) ReadNode(ref reader, (int)node);
        ReadWaiting(ref reader);
        RestoreOutputsOfContainers();
    }

    private void NeedSnapshot(byte version) => SnapshotVersion = Math.Max(SnapshotVersion, version);

    private void WriteNode(PackedWriter writer, in NodeSlot slot, bool isContainer)
    {
        var head = (byte)slot.State | (slot.Attempt > 1 ? HasAttempt : 0) | (slot.Record is null ? 0 : HasRecord);
        writer.Byte((byte)(head | (slot.Omission == Omission.None ? 0 : HasOmission)));
        if (slot.Attempt > 1) writer.Number(slot.Attempt);
        if (slot.Omission != Omission.None) writer.Byte((byte)slot.Omission);
        writer.Signed(UpdatedAt - slot.UpdatedAt);
        WriteTime(writer, slot.StartedAt, slot.UpdatedAt);
        WriteTime(writer, slot.EndedAt, slot.UpdatedAt);
        if (slot.Record is { } record) WriteRecord(writer, record, slot.UpdatedAt, isContainer);
    }

    private void ReadNode(ref PackedReader reader, int node)
    {
        ref var slot = ref Slot(node);
        var head = reader.Byte();
        slot.Attempt = (head & HasAttempt) == 0 ? 1 : reader.Number();
        slot.Omission = (head & HasOmission) == 0 ? Omission.None : (Omission)reader.Byte();
        slot.UpdatedAt = UpdatedAt - reader.Signed();
        slot.StartedAt = ReadTime(ref reader, slot.UpdatedAt);
        slot.EndedAt = ReadTime(ref reader, slot.UpdatedAt);
        slot.Record = (head & HasRecord) == 0 ? null : ReadRecord(ref reader, slot.UpdatedAt);
        Move(node, ref slot, (NodeState)(head & StateBits));
        if (slot.State == NodeState.BackingOff) backOffs.Enqueue(node, (slot.Record!.DueAt, node));
    }

    private void WriteRecord(PackedWriter writer, NodeRecord record, long updatedAt, bool isContainer)
    {
        writer.Number(record.Past.Count);
        foreach (var past in record.Past)
        {
            writer.Number(past.Number);
            writer.Byte((byte)past.Status);
            writer.Signed(updatedAt - past.StartedAt!.Value.ToUnixTimeMilliseconds());
            writer.Signed(updatedAt - past.EndedAt!.Value.ToUnixTimeMilliseconds());
            writer.Text(past.Reason);
        }

        writer.Number(record.Retries);
        writer.Number(record.Lost);
        if (SnapshotVersion >= VersionWithTimeouts) writer.Number(record.TimedOut);
        writer.Signed(record.DueAt);
        writer.Text(record.Code);
        writer.Text(record.Text);
        writer.Pairs(isContainer ? null : record.Outputs);
        if (SnapshotVersion < VersionWithCalls) return;

        writer.Number(record.Call);
        writer.Text(record.Handle);
    }

    private NodeRecord ReadRecord(ref PackedReader reader, long updatedAt)
    {
        var record = new NodeRecord();
        for (var count = reader.Number(); count > 0; count--)
            record.Past.Add(new PastAttempt(
                reader.Number(), (NodeStatus)reader.Byte(), reader.Instant(updatedAt), reader.Instant(updatedAt), reader.Text()));

        record.Retries = reader.Number();
        record.Lost = reader.Number();
        if (SnapshotVersion >= VersionWithTimeouts) record.TimedOut = reader.Number();
        record.DueAt = reader.Signed();
        record.Code = reader.Text();
        record.Text = reader.Text();
        record.Outputs = reader.Pairs();
        if (SnapshotVersion >= VersionWithCalls) (record.Call, record.Handle) = (reader.Number(), reader.Text());
        return record;
    }

    private static void WriteList(PackedWriter writer, WaitingList list)
    {
        writer.Number(list.Nodes.Count());
        foreach (var node in list.Nodes) writer.Number(node);
    }

    // While nodes were read they queued up by position. Those that stood in line take their places again, the others, whose gates
    // have opened since, go behind them.
    private void ReadWaiting(ref PackedReader reader)
    {
        var inLine = new List<int>();
        for (var list = SnapshotVersion >= VersionWithCalls ? 3 : 2; list > 0; list--)
            for (var count = reader.Number(); count > 0; count--)
                inLine.Add(reader.Number());

        var queued = WaitingPlugins.Nodes.Concat(WaitingOthers.Nodes).Concat(WaitingCalls.Nodes).ToHashSet();
        foreach (var node in queued) ListOf(node).Remove(node);
        foreach (var node in inLine.Concat(queued.Order()).Distinct().Where(queued.Contains)) ListOf(node).Append(node);
    }

    private void RestoreOutputsOfContainers()
    {
        for (var node = Graph.Count - 1; node >= 0; node--)
            if (Graph[node].Kind == NodeKind.Container && Slot(node) is { Record: { } record } slot && slot.State.IsTerminal())
                record.Outputs = OutputsOfEnds(node);
    }

    private static void WriteTime(PackedWriter writer, long time, long relativeTo)
    {
        if (time == NodeSlot.Never) writer.Byte(0);
        else writer.Number(1 + PackedWriter.Fold(relativeTo - time));
    }

    private static long ReadTime(ref PackedReader reader, long relativeTo) =>
        reader.Unsigned() is var folded and > 0 ? relativeTo - PackedReader.Unfold(folded - 1) : NodeSlot.Never;
}
