using System.Runtime.InteropServices;

namespace Scheduler.Silo.Storage;

/// <summary>Bytes on their way into a database.</summary>
internal static class StoredBytes
{
    /// <summary>The array itself where the memory covers exactly one, else a copy. Database drivers take arrays.</summary>
    public static byte[] AsArray(this ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : memory.ToArray();
}
