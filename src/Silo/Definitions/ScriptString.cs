using System.Globalization;
using System.Text;

namespace Scheduler.Silo.Definitions;

/// <summary>String literals of JavaScript.</summary>
internal static class ScriptString
{
    /// <summary>Reads the literal that starts with the quote at this position; null when it does not end or has a broken escape.</summary>
    /// <returns>What it stands for, and its length in the text, quotes included.</returns>
    public static (string Value, int Length)? Read(string text, int start)
    {
        var value = new StringBuilder();
        for (var position = start + 1; position < text.Length; position++)
        {
            if (text[position] == text[start]) return (value.ToString(), position + 1 - start);
            if (text[position] is '\n' or '\r') return null;

            if (text[position] != '\\')
            {
                value.Append(text[position]);
                continue;
            }

            if (Unescape(text.AsSpan(position + 1)) is not var (letter, length)) return null;

            value.Append(letter);
            position += length;
        }

        return null;
    }

    private static (char Letter, int Length)? Unescape(ReadOnlySpan<char> escape) => escape switch
    {
        [] or ['\n' or '\r', ..] => null,
        ['n', ..] => ('\n', 1),
        ['t', ..] => ('\t', 1),
        ['r', ..] => ('\r', 1),
        ['b', ..] => ('\b', 1),
        ['f', ..] => ('\f', 1),
        ['v', ..] => ('\v', 1),
        ['x', ..] => FromHex(escape[1..], 2),
        ['u', ..] => FromHex(escape[1..], 4),
        [var letter, ..] => (letter, 1),
    };

    private static (char Letter, int Length)? FromHex(ReadOnlySpan<char> text, int digits) =>
        text.Length >= digits && ushort.TryParse(text[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? ((char)code, digits + 1)
            : null;
}
