namespace Scheduler.Silo.Packages.Flow1;

/// <summary>
/// Joins the lines of a properties file: blank lines and comments are dropped, a line that ends in an odd number of backslashes
/// goes on in the next one without its leading blanks. Lines end in LF, CR or CR LF; characters are bytes (ISO-8859-1).
/// </summary>
/// <remarks>
/// Two corners follow JDK 8, which Azkaban runs on: a line that continues another is never a comment, even behind a lone backslash
/// (later versions take it for one), and a lone backslash at the very end of the file is a line without text.
/// </remarks>
internal ref struct LogicalLineReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int position;
    private int line = 1;
    private char[] buffer = new char[256];
    private int length;
    private bool endsInLoneBackslash;

    /// <summary>The line on which the last one read begins, counted from 1.</summary>
    public int FirstLine { get; private set; }

    /// <param name="text">Valid until the next call; escapes are still in it.</param>
    public bool TryRead(out ReadOnlySpan<char> text)
    {
        length = 0;
        endsInLoneBackslash = false;
        while (length == 0 && !endsInLoneBackslash)
        {
            SkipWhitespace();
            if (position == bytes.Length)
            {
                text = default;
                return false;
            }

            if (bytes[position] is (byte)'#' or (byte)'!') SkipToLineEnd();
            else ReadLogicalLine();
        }

        text = buffer.AsSpan(0, length);
        return true;
    }

    public static bool IsBlank(char c) => c is ' ' or '\t' or '\f';

    private static bool IsLineEnd(byte b) => b is (byte)'\n' or (byte)'\r';

    private void ReadLogicalLine()
    {
        FirstLine = line;
        while (AppendNaturalLine() && !endsInLoneBackslash)
        {
            SkipLineEnd();
            SkipBlanks();
        }
    }

    /// <summary>True when the line goes on; the backslash that says so is removed.</summary>
    private bool AppendNaturalLine()
    {
        var start = position;
        SkipToLineEnd();
        var natural = bytes[start..position];
        var backslashes = natural.Length - natural.TrimEnd((byte)'\\').Length;
        var goesOn = backslashes % 2 == 1;
        Append(goesOn ? natural[..^1] : natural);
        endsInLoneBackslash = goesOn && length == 0 && IsLastOfFile();
        return goesOn && position < bytes.Length;
    }

    /// <summary>True when at most one character of a line end is left.</summary>
    private readonly bool IsLastOfFile() => bytes.Length - position <= 1;

    private void Append(ReadOnlySpan<byte> natural)
    {
        if (length + natural.Length > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + natural.Length));
        foreach (var b in natural) buffer[length++] = (char)b;
    }

    private void SkipWhitespace()
    {
        while (position < bytes.Length)
        {
            if (IsLineEnd(bytes[position])) SkipLineEnd();
            else if (IsBlank((char)bytes[position])) position++;
            else return;
        }
    }

    private void SkipBlanks()
    {
        while (position < bytes.Length && IsBlank((char)bytes[position])) position++;
    }

    private void SkipToLineEnd()
    {
        var rest = bytes[position..].IndexOfAny((byte)'\n', (byte)'\r');
        position = rest < 0 ? bytes.Length : position + rest;
    }

    private void SkipLineEnd()
    {
        var isPair = bytes[position] == '\r' && position + 1 < bytes.Length && bytes[position + 1] == '\n';
        position += isPair ? 2 : 1;
        line++;
    }
}
