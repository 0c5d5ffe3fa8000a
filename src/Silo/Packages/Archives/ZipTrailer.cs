using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>What the end of a zip archive says about its directory (APPNOTE 6.3, sections 4.3.14 to 4.3.16).</summary>
/// <param name="Offset">Where the directory begins, in bytes from the start of the file.</param>
/// <param name="Length">Bytes of the directory.</param>
/// <param name="Entries">How many entries it claims to list.</param>
internal readonly record struct ZipTrailer(long Offset, long Length, long Entries)
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int Zip64EndLength = 56;
    private const int MaxComment = ushort.MaxValue;

    /// <summary>
    /// Finds the one end record that reaches exactly to the end of the file. Two candidates, or bytes around the archive, are how one
    /// file shows different contents to different readers, so they are refused.
    /// </summary>
    public static Finding? Locate(SafeFileHandle archive, out ZipTrailer trailer)
    {
        trailer = default;
        var length = RandomAccess.GetLength(archive);
        var tail = new byte[(int)Math.Min(length, EndLength + MaxComment)];
        if (!archive.TryRead(length - tail.Length, tail)) return ArchiveFindings.Truncated();

        var candidates = EndRecords(tail);
        if (candidates.Count == 0) return WithoutEnd(archive, tail);
        if (candidates.Count > 1) return ArchiveFindings.ForeignBytes("that look like a second list of contents");

        return Read(archive, length - tail.Length + candidates[0], tail.AsSpan(candidates[0]), out trailer);
    }

    private static List<int> EndRecords(ReadOnlySpan<byte> tail)
    {
        var found = new List<int>();
        for (var at = tail.Length - EndLength; at >= 0; at--)
            if (IsSignature(tail[at..], 0x06054b50)
                && at + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length)
                found.Add(at);
        return found;
    }

    private static Finding WithoutEnd(SafeFileHandle archive, ReadOnlySpan<byte> tail)
    {
        if (tail.IndexOf("PK\x05\x06"u8) >= 0) return ArchiveFindings.ForeignBytes("behind its end");

        var head = new byte[512];
        var read = RandomAccess.Read(archive, head, 0);
        return FileKind.Guess(head.AsSpan(0, read)) is { } kind ? ArchiveFindings.NotAZip(kind) : ArchiveFindings.Truncated();
    }

    private static Finding? Read(SafeFileHandle archive, long position, ReadOnlySpan<byte> end, out ZipTrailer trailer)
    {
        var disk = BinaryPrimitives.ReadUInt16LittleEndian(end[4..]);
        var directoryDisk = BinaryPrimitives.ReadUInt16LittleEndian(end[6..]);
        var onThisDisk = BinaryPrimitives.ReadUInt16LittleEndian(end[8..]);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);

        trailer = new ZipTrailer(offset, length, entries);
        if (offset == uint.MaxValue || length == uint.MaxValue || entries == ushort.MaxValue || HasLocator(archive, position))
            return ReadZip64(archive, position, ref trailer);
        if (disk != 0 || directoryDisk != 0 || onThisDisk != entries) return ArchiveFindings.MultiDisk();

        return CheckPlace(trailer, position);
    }

    private static bool HasLocator(SafeFileHandle archive, long position)
    {
        Span<byte> signature = stackalloc byte[4];
        return position >= LocatorLength && archive.TryRead(position - LocatorLength, signature) && IsSignature(signature, 0x07064b50);
    }

    private static Finding? ReadZip64(SafeFileHandle archive, long position, ref ZipTrailer trailer)
    {
        Span<byte> locator = stackalloc byte[LocatorLength];
        if (position < LocatorLength || !archive.TryRead(position - LocatorLength, locator) || !IsSignature(locator, 0x07064b50))
            return ArchiveFindings.Damaged("it needs the 64-bit list of contents and has none");
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator[4..]) != 0 || BinaryPrimitives.ReadUInt32LittleEndian(locator[16..]) > 1)
            return ArchiveFindings.MultiDisk();

        var endAt = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        Span<byte> end = stackalloc byte[Zip64EndLength];
        if (endAt < 0 || !archive.TryRead(endAt, end) || !IsSignature(end, 0x06064b50))
            return ArchiveFindings.Damaged("its 64-bit list of contents is not where it should be");
        if (BinaryPrimitives.ReadUInt32LittleEndian(end[16..]) != 0 || BinaryPrimitives.ReadUInt32LittleEndian(end[20..]) != 0)
            return ArchiveFindings.MultiDisk();

        var wide = new ZipTrailer(
            BinaryPrimitives.ReadInt64LittleEndian(end[48..]), BinaryPrimitives.ReadInt64LittleEndian(end[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(end[32..]));
        if (!Agrees(trailer, wide)) return ArchiveFindings.Damaged("its two lists of contents disagree");

        trailer = wide;
        return CheckPlace(wide, endAt);
    }

    private static bool Agrees(ZipTrailer narrow, ZipTrailer wide) =>
        (narrow.Offset == uint.MaxValue || narrow.Offset == wide.Offset)
        && (narrow.Length == uint.MaxValue || narrow.Length == wide.Length)
        && (narrow.Entries == ushort.MaxValue || narrow.Entries == wide.Entries);

    private static Finding? CheckPlace(ZipTrailer trailer, long followedBy)
    {
        if (trailer.Offset < 0 || trailer.Length < 0 || trailer.Offset > followedBy || trailer.Length > followedBy)
            return ArchiveFindings.Truncated();

        return trailer.Offset + trailer.Length == followedBy
            ? null
            : ArchiveFindings.ForeignBytes("before its first entry or around its list of contents");
    }

    private static bool IsSignature(ReadOnlySpan<byte> bytes, uint signature) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes) == signature;
}
