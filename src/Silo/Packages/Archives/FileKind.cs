namespace Scheduler.Silo.Packages.Archives;

/// <summary>Recognises what people upload instead of a zip archive.</summary>
internal static class FileKind
{
    /// <summary>What the first bytes of a file look like; null when they begin a zip archive.</summary>
    public static string? Guess(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8)) return null;
        if (head.IsEmpty) return "an empty file";
        if (head.StartsWith(new byte[] { 0x1f, 0x8b })) return "a gzip file";
        if (head.StartsWith(new byte[] { 0x37, 0x7a, 0xbc, 0xaf })) return "a 7z archive";
        if (head.StartsWith("Rar!"u8)) return "a RAR archive";
        if (head.StartsWith("BZh"u8)) return "a bzip2 file";
        if (head.Length > 262 && head[257..].StartsWith("ustar"u8)) return "a tar archive";
        return head.StartsWith("<"u8) ? "a text or HTML file" : "some other file";
    }
}
