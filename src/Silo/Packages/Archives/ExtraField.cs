using System.Buffers.Binary;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>The tagged blocks behind a zip header.</summary>
internal static class ExtraField
{
    /// <summary>Content of the first block with this tag; empty when there is none or the blocks are malformed before it.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> extra, ushort tag)
    {
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4) return default;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == tag) return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }

        return default;
    }
}
