using System.Text.Unicode;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Flow1;

/// <summary>Warns of text that the format reads differently from what its author saw in the editor.</summary>
internal static class EncodingChecks
{
    /// <summary>At most one warning per file: the byte order mark, else the first value with UTF-8 in it.</summary>
    public static Finding? Check(string path, ReadOnlySpan<byte> bytes, JavaProperties properties)
    {
        if (bytes.StartsWith("\ufeff"u8))
            return Finding.Warning(
                "package.byte-order-mark", $"'{path}' begins with a byte order mark, which spoils its first key. Save it without.",
                path, 1);
        if (System.Text.Ascii.IsValid(bytes)) return null;

        foreach (var (key, value) in properties.Values)
            if (IsUtf8(value) || IsUtf8(key))
                return Finding.Warning(
                    "package.not-latin1",
                    $"'{path}' holds UTF-8 text, but this format is ISO-8859-1: write other characters as \\uXXXX.", path,
                    properties.Lines[key]);
        return null;
    }

    private static bool IsUtf8(string text)
    {
        if (System.Text.Ascii.IsValid(text) || text.Any(c => c > 0xff)) return false;

        return Utf8.IsValid(System.Text.Encoding.Latin1.GetBytes(text));
    }
}
