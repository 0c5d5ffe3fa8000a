using System.Text;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>The end of a log, for a terminal.</summary>
internal static class LogTail
{
    private const int TabWidth = 4;

    /// <param name="bytes">The last bytes of the log.</param>
    /// <param name="isWhole">False when the log begins before them, so that the first line may be a part of one.</param>
    /// <param name="count">At most so many lines.</param>
    /// <returns>The last lines, oldest first, without anything that could steer the terminal.</returns>
    public static IReadOnlyList<string> LastLines(ReadOnlySpan<byte> bytes, bool isWhole, int count)
    {
        var lines = Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n').Split('\n');
        var from = isWhole || lines.Length == 1 ? 0 : 1;
        var kept = lines.Skip(Math.Max(from, lines.Length - count)).Select(Clean).ToList();
        return kept is [""] ? [] : kept;
    }

    /// <summary>One line as a terminal would show it, without anything that could steer it.</summary>
    public static string Clean(string line)
    {
        // What stands before a carriage return was overwritten, as progress bars do.
        var visible = line.TrimEnd('\r');
        visible = visible[(visible.LastIndexOf('\r') + 1)..];

        var text = new StringBuilder();
        foreach (var rune in visible.EnumerateRunes())
            if (rune.Value == '\t') text.Append(' ', TabWidth - (text.Length % TabWidth));
            else if (Printable.IsVisible(rune) || rune == Rune.ReplacementChar) text.Append(rune);
        return text.ToString();
    }
}
