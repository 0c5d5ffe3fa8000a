using System.Globalization;
using System.Text;

namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>A table for the log. Chinese characters take two places, as on a terminal.</summary>
internal static class PreviewText
{
    private const string Nothing = "NULL";
    private const string Cutting = "…";

    /// <summary>One line for each row, after one with the names and one that underlines them.</summary>
    public static IEnumerable<string> Lines(ResultPreview result, PreviewLimits limits)
    {
        IReadOnlyList<string?> names = [.. result.Columns.Take(limits.Columns).Select(name => Cut(name, limits.Width))];
        var widths = names.Select((name, column) => result.Rows.Select(row => row[column]).Append(name).Max(WidthOf)).ToArray();

        yield return Line(names, widths);
        yield return string.Join("-+-", widths.Select(width => new string('-', width)));
        foreach (var row in result.Rows) yield return Line(row, widths);
    }

    /// <summary>One line of at most that many characters; control characters become blanks.</summary>
    public static string? Cut(string? text, int length)
    {
        if (text is null) return null;

        var isCut = text.Length > length;
        var end = isCut ? length - 1 : text.Length;
        if (isCut && char.IsHighSurrogate(text[end - 1])) end--;
        var line = string.Create(end, text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++) target[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
        return isCut ? line + Cutting : line;
    }

    private static string Line(IReadOnlyList<string?> cells, int[] widths) =>
        string.Join(" | ", cells.Select((cell, column) => (cell ?? Nothing) + new string(' ', widths[column] - WidthOf(cell)))).TrimEnd();

    private static int WidthOf(string? text) => (text ?? Nothing).EnumerateRunes().Sum(WidthOf);

    private static int WidthOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF)
            or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1,
    };
}
