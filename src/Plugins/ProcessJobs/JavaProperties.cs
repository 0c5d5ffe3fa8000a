using System.Buffers;
using System.Globalization;
using System.Text;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>The format of <c>java.util.Properties.store</c>, without its comment line that carries the date.</summary>
internal static class JavaProperties
{
    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\"$%&'()*+,-./;<>?@[]^_`{|}~");

    /// <returns>ASCII; every other character is an escape, so that the reader's encoding does not matter.</returns>
    public static byte[] Write(IEnumerable<KeyValuePair<string, string>> properties)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in properties)
        {
            Append(text, key, isKey: true);
            text.Append('=');
            Append(text, value, isKey: false);
            text.Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> part, bool isKey)
    {
        for (var rest = part; !rest.IsEmpty;)
        {
            var plain = rest.IndexOfAnyExcept(s_plain) is >= 0 and var at ? at : rest.Length;
            text.Append(rest[..plain]);
            rest = rest[plain..];
            if (rest.IsEmpty) return;

            var isLeading = rest.Length == part.Length;
            AppendEscaped(text, rest[0], escapeSpace: isKey || isLeading);
            rest = rest[1..];
        }
    }

    private static void AppendEscaped(StringBuilder text, char character, bool escapeSpace)
    {
        _ = character switch
        {
            ' ' when !escapeSpace => text.Append(' '),
            ' ' or '\\' or '=' or ':' or '#' or '!' => text.Append('\\').Append(character),
            '\t' => text.Append(@"\t"),
            '\n' => text.Append(@"\n"),
            '\r' => text.Append(@"\r"),
            '\f' => text.Append(@"\f"),
            _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
        };
    }
}
