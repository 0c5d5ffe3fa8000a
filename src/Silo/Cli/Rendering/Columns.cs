namespace Scheduler.Silo.Cli.Rendering;

/// <summary>Rows of texts below one another.</summary>
internal static class Columns
{
    /// <summary>One line per row below a line of titles, columns apart by blanks alone, never cut.</summary>
    public static IEnumerable<string> Of(string[] titles, IEnumerable<string[]> cells)
    {
        var rows = cells.Prepend(titles).ToList();
        var widths = Enumerable.Range(0, titles.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
