using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>Reads the list of contents at the end of a zip archive (APPNOTE 6.3, section 4.3.12).</summary>
internal static class ZipDirectory
{
    private const int HeaderLength = 46;
    private const int MaxRawName = 4_096;
    private const int Zip64Extra = 0x0001;

    /// <summary>Stops at the first fault; the entries are in the order listed, and their data lie before the offset.</summary>
    public static Finding? Read(SafeFileHandle archive, ArchiveOptions options, out IReadOnlyList<ZipEntry> entries, out long offset)
    {
        var found = new List<ZipEntry>();
        entries = found;
        offset = 0;
        if (ZipTrailer.Locate(archive, out var trailer) is { } refusal) return refusal;
        if (trailer.Entries > options.MaxEntries) return ArchiveFindings.TooManyEntries(options.MaxEntries);

        offset = trailer.Offset;
        using var directory = new BufferedStream(new FileRange(archive, trailer.Offset, trailer.Length), 64 * 1024);
        for (long left = trailer.Length; left > 0;)
        {
            if (found.Count == options.MaxEntries) return ArchiveFindings.TooManyEntries(options.MaxEntries);
            if (ReadEntry(directory, ref left, out var entry) is { } fault) return fault;
            found.Add(entry!);
        }

        return found.Count == trailer.Entries ? null : ArchiveFindings.Damaged("it does not list as many entries as it declares");
    }

    private static Finding? ReadEntry(Stream directory, ref long left, out ZipEntry? entry)
    {
        entry = null;
        Span<byte> header = stackalloc byte[HeaderLength];
        if (directory.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
            || BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x02014b50)
            return ArchiveFindings.Damaged("its list of contents cannot be read");

        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
        var commentLength = BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        var tail = new byte[nameLength + extraLength + commentLength];
        if (directory.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false) < tail.Length)
            return ArchiveFindings.Damaged("its list of contents is cut off");
        left -= HeaderLength + tail.Length;

        var rawName = tail.AsSpan(0, nameLength);
        if (nameLength is 0 or > MaxRawName)
            return ArchiveFindings.Name("archive.name-length", [EntryName.Raw(rawName)], $"a name has 1 to {MaxRawName} bytes.");

        return Build(header, rawName, tail.AsSpan(nameLength, extraLength), out entry);
    }

    private static Finding? Build(ReadOnlySpan<byte> header, ReadOnlySpan<byte> rawName, ReadOnlySpan<byte> extra, out ZipEntry? entry)
    {
        entry = null;
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        if (EntryName.Decode(rawName, extra, flags) is not { } name) return ArchiveFindings.NameEncoding(EntryName.Raw(rawName));

        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        if (!Widen(ExtraField.Find(extra, Zip64Extra), ref length, ref packed, ref offset))
            return ArchiveFindings.Damaged("a 64-bit size is missing or impossible", name.Text);
        if (BinaryPrimitives.ReadUInt16LittleEndian(header[34..]) is not (0 or ushort.MaxValue)) return ArchiveFindings.MultiDisk();

        entry = new ZipEntry
        {
            Name = name.Text,
            RawName = rawName.ToArray(),
            IsGuessedName = name.IsGuessed,
            Flags = flags,
            Method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]),
            Crc32 = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]),
            PackedLength = packed,
            Length = length,
            HeaderOffset = offset,
            Mode = (int)(BinaryPrimitives.ReadUInt32LittleEndian(header[38..]) >> 16),
        };
        return null;
    }

    /// <summary>Takes from the 64-bit field, in its fixed order, each value that did not fit into 32 bits.</summary>
    private static bool Widen(ReadOnlySpan<byte> field, ref long length, ref long packed, ref long offset)
    {
        return TakeWide(ref field, ref length) && TakeWide(ref field, ref packed) && TakeWide(ref field, ref offset);
    }

    private static bool TakeWide(ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue) return true;
        if (field.Length < sizeof(long)) return false;

        value = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[sizeof(long)..];
        return value >= 0;
    }
}
