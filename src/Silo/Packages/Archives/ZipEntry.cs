namespace Scheduler.Silo.Packages.Archives;

/// <summary>One line of an archive's list of contents.</summary>
internal sealed record ZipEntry
{
    /// <summary>As decoded; directories end in a slash.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it stands in the archive; the header before the data must repeat it.</summary>
    public required byte[] RawName { get; init; }

    /// <summary>True when the name is not UTF-8 and was read as GBK.</summary>
    public required bool IsGuessedName { get; init; }
    public required ushort Flags { get; init; }
    public required ushort Method { get; init; }
    public required uint Crc32 { get; init; }

    /// <summary>Bytes in the archive.</summary>
    public required long PackedLength { get; init; }

    /// <summary>Bytes when unpacked, as declared; only compared with what comes out.</summary>
    public required long Length { get; init; }

    /// <summary>Where its own header begins, in bytes from the start of the file.</summary>
    public required long HeaderOffset { get; init; }

    /// <summary>Unix mode bits; 0 when the archive has none.</summary>
    public required int Mode { get; init; }

    /// <summary>Bytes that may lie between its data and the next entry.</summary>
    public bool HasDescriptor => (Flags & 0x0008) != 0;
    public bool IsEncrypted => (Flags & 0x2041) != 0 || Method == 99;
    public bool IsDirectory => Name.EndsWith('/');
}
