using System.Globalization;
using Scheduler.Silo.Nodes.Quotas;

namespace Scheduler.Silo.Cli.Quotas;

/// <summary>The list of quotas for a person.</summary>
internal static class QuotaListing
{
    private static readonly string[] Titles = ["QUOTA", "LIMIT", "RUNNING"];

    /// <summary>One line per quota below a line of titles, columns apart by blanks alone, never cut.</summary>
    public static IEnumerable<string> ToTable(IReadOnlyList<QuotaUse> quotas)
    {
        var rows = quotas.Select(ToCells).Prepend(Titles).ToList();
        var widths = Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string[] ToCells(QuotaUse quota) =>
        [quota.Key, quota.Limit.ToString(CultureInfo.InvariantCulture), quota.Running.ToString(CultureInfo.InvariantCulture)];
}
