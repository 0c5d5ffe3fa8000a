using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>Where the data of the entries lie. Every entry must own its bytes, and its two headers must say the same.</summary>
internal static class ZipLayout
{
    private const int HeaderLength = 30;

    /// <summary>Offsets of the packed data, by position of the entry; all data must end before <paramref name="end"/>.</summary>
    public static Finding? Locate(SafeFileHandle archive, IReadOnlyList<ZipEntry> entries, long end, out long[] dataOffsets)
    {
        dataOffsets = new long[entries.Count];
        for (var i = 0; i < entries.Count; i++)
            if (ReadHeader(archive, entries[i], end, out dataOffsets[i]) is { } refusal)
                return refusal;

        return CheckOrder(entries, dataOffsets);
    }

    private static Finding? ReadHeader(SafeFileHandle archive, ZipEntry entry, long end, out long dataOffset)
    {
        dataOffset = 0;
        var header = new byte[HeaderLength + entry.RawName.Length];
        if (!archive.TryRead(entry.HeaderOffset, header) || BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034b50)
            return ArchiveFindings.Damaged("an entry is not where the list of contents says", entry.Name);
        if (!Agrees(header, entry)) return ArchiveFindings.Damaged("an entry and the list of contents disagree about it", entry.Name);

        dataOffset = entry.HeaderOffset + header.Length + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        return entry.PackedLength > end - dataOffset
            ? ArchiveFindings.Damaged("an entry reaches into the list of contents", entry.Name)
            : null;
    }

    private static bool Agrees(ReadOnlySpan<byte> header, ZipEntry entry)
    {
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        var isSame = nameLength == entry.RawName.Length && header[HeaderLength..].SequenceEqual(entry.RawName) && method == entry.Method
            && ((flags ^ entry.Flags) & 0x2049) == 0;

        return isSame && (entry.HasDescriptor || AgreesOnContent(header, entry));
    }

    /// <summary>Sizes that did not fit are in the 64-bit field; the ones in the list of contents are used for them.</summary>
    private static bool AgreesOnContent(ReadOnlySpan<byte> header, ZipEntry entry)
    {
        var packed = BinaryPrimitives.ReadUInt32LittleEndian(header[18..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header[22..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header[14..]) == entry.Crc32
            && (packed == uint.MaxValue || packed == entry.PackedLength)
            && (length == uint.MaxValue || length == entry.Length);
    }

    private static Finding? CheckOrder(IReadOnlyList<ZipEntry> entries, long[] dataOffsets)
    {
        var order = Enumerable.Range(0, entries.Count).OrderBy(i => entries[i].HeaderOffset).ToArray();
        if (order.Length > 0 && entries[order[0]].HeaderOffset != 0) return ArchiveFindings.ForeignBytes("before its first entry");

        for (var i = 1; i < order.Length; i++)
        {
            var (before, entry) = (entries[order[i - 1]], entries[order[i]]);
            if (dataOffsets[order[i - 1]] + before.PackedLength > entry.HeaderOffset)
                return ArchiveFindings.Overlap(entry.Name, before.Name);
        }

        return null;
    }
}
