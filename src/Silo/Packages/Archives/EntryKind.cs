namespace Scheduler.Silo.Packages.Archives;

/// <summary>Tells plain files and directories from everything else a Unix archive can hold.</summary>
internal static class EntryKind
{
    private const int TypeMask = 0xf000;

    /// <summary>What the entry is instead, in words; null when it is a file or directory in every respect.</summary>
    public static string? FaultOf(ZipEntry entry) => (entry.Mode & TypeMask) switch
    {
        0x0000 or 0x8000 => entry is { IsDirectory: true, Length: > 0 } ? "a directory with content" : null,
        0x4000 => entry switch
        {
            { IsDirectory: false } => "a directory named like a file",
            { Length: > 0 } => "a directory with content",
            _ => null,
        },
        0xa000 => "a symbolic link",
        0x1000 => "a named pipe",
        0x2000 or 0x6000 => "a device",
        0xc000 => "a socket",
        _ => "of an unknown kind",
    };
}
