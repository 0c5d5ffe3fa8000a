using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Scheduler.Silo.Tests.Packages;

/// <summary>One entry, with everything a header can lie about.</summary>
internal sealed record ZipPart(byte[] Name, byte[] Content)
{
    public ZipPart(string name, string content = "x") : this(Encoding.UTF8.GetBytes(name), Encoding.Latin1.GetBytes(content)) { }

    public ushort Method { get; init; }
    public ushort Flags { get; init; } = 0x0800;
    public uint Mode { get; init; }
    public uint? Crc { get; init; }
    public uint? Length { get; init; }
    public uint? PackedLength { get; init; }
    public byte[]? LocalName { get; init; }
    public byte[] Extra { get; init; } = [];
    public uint? HeaderOffset { get; init; }
    public ushort Disk { get; init; }

    /// <summary>False writes only the line in the list of contents.</summary>
    public bool HasData { get; init; } = true;
    public byte[] Packed => Method == 8 ? Deflate(Content) : Content;

    public static byte[] Deflate(byte[] content)
    {
        using var target = new MemoryStream();
        using (var deflate = new DeflateStream(target, CompressionLevel.Optimal)) deflate.Write(content);
        return target.ToArray();
    }
}

/// <summary>Writes zip archives byte by byte, right ones and wrong ones.</summary>
internal sealed class ZipBuilder(params ZipPart[] parts)
{
    public byte[] Prefix { get; init; } = [];
    public byte[] BeforeDirectory { get; init; } = [];
    public byte[] Comment { get; init; } = [];
    public byte[] Suffix { get; init; } = [];
    public ushort Disk { get; init; }
    public ushort? Entries { get; init; }
    public uint? DirectoryOffset { get; init; }
    public bool ShiftsOffsets { get; init; }

    /// <summary>Writes the 64-bit end records, with this many entries.</summary>
    public long? Zip64Entries { get; init; }

    public static byte[] Of(params (string Path, string Text)[] files) =>
        new ZipBuilder([.. files.Select(file => new ZipPart(file.Path, file.Text))]).Build();

    public static byte[] Of(params ZipPart[] parts) => new ZipBuilder(parts).Build();

    public byte[] Build()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Prefix);
        var origin = ShiftsOffsets ? 0 : Prefix.Length;
        var offsets = new List<uint>();
        foreach (var part in parts)
        {
            offsets.Add((uint)(stream.Position - origin));
            if (part.HasData) WriteLocal(writer, part);
        }

        writer.Write(BeforeDirectory);
        var directory = (uint)(stream.Position - origin);
        for (var i = 0; i < parts.Length; i++) WriteCentral(writer, parts[i], offsets[i]);
        WriteEnd(writer, directory, (uint)(stream.Position - origin - directory));
        writer.Write(Suffix);
        return stream.ToArray();
    }

    private static void WriteLocal(BinaryWriter writer, ZipPart part)
    {
        var name = part.LocalName ?? part.Name;
        writer.Write(0x04034b50u);
        WriteCommon(writer, part, name);
        writer.Write(name);
        writer.Write(part.Extra);
        writer.Write(part.Packed);
    }

    private static void WriteCentral(BinaryWriter writer, ZipPart part, uint offset)
    {
        writer.Write(0x02014b50u);
        writer.Write((ushort)0x0314);
        WriteCommon(writer, part, part.Name);
        writer.Write((ushort)0);
        writer.Write(part.Disk);
        writer.Write((ushort)0);
        writer.Write(part.Mode << 16);
        writer.Write(part.HeaderOffset ?? offset);
        writer.Write(part.Name);
        writer.Write(part.Extra);
    }

    private static void WriteCommon(BinaryWriter writer, ZipPart part, byte[] name)
    {
        writer.Write((ushort)20);
        writer.Write(part.Flags);
        writer.Write(part.Method);
        writer.Write(0u);
        writer.Write(part.Crc ?? Crc32.HashToUInt32(part.Content));
        writer.Write(part.PackedLength ?? (uint)part.Packed.Length);
        writer.Write(part.Length ?? (uint)part.Content.Length);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)part.Extra.Length);
    }

    private void WriteEnd(BinaryWriter writer, uint directory, uint length)
    {
        var entries = Entries ?? (ushort)parts.Length;
        if (Zip64Entries is { } wide) WriteZip64End(writer, directory, length, wide);
        writer.Write(0x06054b50u);
        writer.Write(Disk);
        writer.Write(Disk);
        writer.Write(entries);
        writer.Write(entries);
        writer.Write(length);
        writer.Write(DirectoryOffset ?? directory);
        writer.Write((ushort)Comment.Length);
        writer.Write(Comment);
    }

    private static void WriteZip64End(BinaryWriter writer, uint directory, uint length, long entries)
    {
        var position = writer.BaseStream.Position;
        writer.Write(0x06064b50u);
        writer.Write(44L);
        writer.Write((ushort)45);
        writer.Write((ushort)45);
        writer.Write(0u);
        writer.Write(0u);
        writer.Write(entries);
        writer.Write(entries);
        writer.Write((long)length);
        writer.Write((long)directory);

        writer.Write(0x07064b50u);
        writer.Write(0u);
        writer.Write(position);
        writer.Write(1u);
    }
}
