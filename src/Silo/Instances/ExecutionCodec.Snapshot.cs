using System.Buffers;

namespace Scheduler.Silo.Instances;

/// <content>
/// Snapshots as bytes: a version, then what <see cref="ExecutionState"/> writes about itself. Each has the lowest version that can say
/// it, so that silos of an earlier one read what does not concern the later.
/// </content>
internal static partial class ExecutionCodec
{
    /// <summary>The whole state: with it no earlier row is needed.</summary>
    public static byte[] EncodeSnapshot(ExecutionState state)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + state.Graph.Count * 4);
        var writer = new PackedWriter(buffer);
        writer.Byte(state.SnapshotVersion);
        state.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="snapshot">What <see cref="EncodeSnapshot"/> gave.</param>
    /// <param name="state">A new state over the same graph, with the same options.</param>
    /// <exception cref="ExecutionFormatException">The bytes are damaged, of an unknown version, or of another graph.</exception>
    public static void DecodeSnapshot(ReadOnlySpan<byte> snapshot, ExecutionState state)
    {
        var reader = new PackedReader(snapshot);
        var version = reader.Byte();
        if (version is 0 or > ExecutionState.NewestSnapshotVersion) throw Unknown(version, ExecutionState.NewestSnapshotVersion, "snapshot");
        state.ReadFrom(ref reader, version);
    }
}
