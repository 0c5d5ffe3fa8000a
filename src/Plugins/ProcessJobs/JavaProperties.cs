using System.Buffers;
using System.Text;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>The format of <c>java.util.Properties.store</c>, without its comment line that carries the date.</summary>
internal static class JavaProperties
{
    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\"$%&'()*+,-./;<>?@[]^_`{|}~");

    /// <returns>ASCII; every other character is an escape, so that the reader's encoding does not matter.</returns>
    public static ReadOnlySpan<byte> Write(IEnumerable<KeyValuePair<string, string>> properties)
    {
        var text = new ArrayBufferWriter<byte>(4 * 1024);
        foreach (var (key, value) in properties)
        {
            Append(text, key, isKey: true);
            text.Write("="u8);
            Append(text, value, isKey: false);
            text.Write("\n"u8);
        }

        return text.WrittenSpan;
    }

    private static void Append(ArrayBufferWriter<byte> text, ReadOnlySpan<char> part, bool isKey)
    {
        for (var rest = part; !rest.IsEmpty;)
        {
            var plain = rest.IndexOfAnyExcept(s_plain) is >= 0 and var at ? at : rest.Length;
            Encoding.ASCII.GetBytes(rest[..plain], text);
            rest = rest[plain..];
            if (rest.IsEmpty) return;

            var isLeading = rest.Length == part.Length;
            AppendEscaped(text, rest[0], escapeSpace: isKey || isLeading);
            rest = rest[1..];
        }
    }

    private static void AppendEscaped(ArrayBufferWriter<byte> text, char character, bool escapeSpace)
    {
        switch (character)
        {
            case ' ' when !escapeSpace: text.Write(" "u8); break;
            case ' ' or '\\' or '=' or ':' or '#' or '!': text.Write([(byte)'\\', (byte)character]); break;
            case '\t': text.Write(@"\t"u8); break;
            case '\n': text.Write(@"\n"u8); break;
            case '\r': text.Write(@"\r"u8); break;
            case '\f': text.Write(@"\f"u8); break;
            default: Encoding.ASCII.GetBytes($"\\u{(int)character:X4}", text); break;
        }
    }
}
