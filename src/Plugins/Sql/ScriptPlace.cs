namespace Scheduler.Plugins.Sql;

/// <summary>Where something stands in a script. Both count from 1; a column is a UTF-16 unit, and a byte order mark takes none.</summary>
internal readonly record struct ScriptPlace(int Line, int Column)
{
    public static readonly ScriptPlace Start = new(1, 1);

    public override string ToString() => $"line {Line}, column {Column}";

    /// <summary>The place that many characters of the text further on. A line ends with LF, CR LF, or a CR alone.</summary>
    public ScriptPlace After(ReadOnlySpan<char> text)
    {
        var (line, column) = this;
        for (var rest = text; ;)
        {
            var end = rest.IndexOfAny('\r', '\n');
            if (end < 0) return new(line, column + rest.Length);

            var isPair = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
            rest = rest[(end + (isPair ? 2 : 1))..];
            (line, column) = (line + 1, 1);
        }
    }
}
