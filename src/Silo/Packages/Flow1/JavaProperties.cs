namespace Scheduler.Silo.Packages.Flow1;

/// <summary>A file in the syntax of <c>java.util.Properties</c>. Of a key written more than once the last one counts.</summary>
/// <param name="Values">As written, unescaped, trailing blanks included.</param>
/// <param name="Lines">Line on which the counting occurrence of a key begins, counted from 1.</param>
internal sealed record JavaProperties(IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, int> Lines)
{
    /// <summary>Java's own words for an escape that is none.</summary>
    public const string MalformedEscape = @"Malformed \uxxxx encoding.";

    /// <summary>Reads bytes as ISO-8859-1, byte for byte as Java does.</summary>
    /// <returns>The file, or the first fault and its line.</returns>
    public static (JavaProperties? Properties, string Fault, int Line) Parse(ReadOnlySpan<byte> bytes, DefinitionOptions options)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var reader = new LogicalLineReader(bytes);
        while (reader.TryRead(out var line))
        {
            var (keyLength, valueStart) = Split(line);
            if (Unescape(line[..keyLength]) is not { } key || Unescape(line[valueStart..]) is not { } value)
                return (null, MalformedEscape, reader.FirstLine);
            if (value.Length > options.MaxValueLength || key.Length > options.MaxValueLength)
                return (null, $"a value is longer than {options.MaxValueLength} characters", reader.FirstLine);

            values[key] = value;
            lines[key] = reader.FirstLine;
            if (values.Count > options.MaxKeys) return (null, $"the file has more than {options.MaxKeys} keys", reader.FirstLine);
        }

        return (new JavaProperties(values, lines), "", 0);
    }

    /// <summary>The key ends at the first separator or blank that is not escaped; blanks and one separator follow it.</summary>
    private static (int KeyLength, int ValueStart) Split(ReadOnlySpan<char> line)
    {
        var end = 0;
        while (end < line.Length && line[end] is not ('=' or ':') && !LogicalLineReader.IsBlank(line[end]))
            end += line[end] == '\\' ? 2 : 1;
        end = Math.Min(end, line.Length);

        var start = SkipBlanks(line, end);
        if (start < line.Length && line[start] is '=' or ':') start = SkipBlanks(line, start + 1);
        return (end, start);
    }

    private static int SkipBlanks(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && LogicalLineReader.IsBlank(line[at])) at++;
        return at;
    }

    /// <summary>Null for a <c>\u</c> without four hexadecimal digits behind it.</summary>
    private static string? Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();

        var result = new char[text.Length];
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '\\' && at + 1 < text.Length)
            {
                c = text[++at];
                if (c == 'u')
                {
                    if (!TryReadHex(text[(at + 1)..], out c)) return null;
                    at += 4;
                }
                else c = Control(c);
            }

            result[length++] = c;
        }

        return new string(result, 0, length);
    }

    private static char Control(char escaped) => escaped switch
    {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\f',
        _ => escaped,
    };

    private static bool TryReadHex(ReadOnlySpan<char> digits, out char value)
    {
        value = '\0';
        if (digits.Length < 4) return false;

        foreach (var digit in digits[..4])
        {
            if (!char.IsAsciiHexDigit(digit)) return false;
            value = (char)((value << 4) | Convert.ToInt32(digit.ToString(), 16));
        }

        return true;
    }
}
