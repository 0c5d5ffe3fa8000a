using System.Data.Common;
using System.Globalization;

namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>What is kept of a result: its first rows as text, and how many rows there were. Memory does not grow with the rows.</summary>
/// <param name="Columns">Names as the server gives them.</param>
/// <param name="First">The first row, for output properties; null when there was none. Null inside stands for NULL.</param>
/// <param name="Rows">The first rows, cut to the limits.</param>
/// <param name="Count">Of all rows.</param>
internal sealed record ResultPreview(
    IReadOnlyList<string> Columns, IReadOnlyList<string?>? First, IReadOnlyList<IReadOnlyList<string?>> Rows, long Count)
{
    /// <summary>Columns that become output properties.</summary>
    private const int MaxOutputs = 100;

    /// <summary>Characters of an output property; what is longer is none.</summary>
    private const int LongestOutput = 4096;

    /// <summary>Rows between two reports of progress.</summary>
    private const int ReportEvery = 1000;

    /// <summary>Reads a result to its end.</summary>
    /// <param name="reader">In front of its first row.</param>
    /// <param name="textOf">Null for NULL.</param>
    /// <param name="limits">For <see cref="Rows"/>.</param>
    /// <param name="report">Gets the rows read so far.</param>
    public static async Task<ResultPreview> ReadAsync(
        DbDataReader reader, Func<DbDataReader, int, string?> textOf, PreviewLimits limits, Action<long> report)
    {
        string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        string?[]? first = null;
        List<IReadOnlyList<string?>> rows = [];
        long count = 0;
        while (await reader.ReadAsync())
        {
            if (count == 0) first = Texts(reader, textOf, MaxOutputs);
            if (count < limits.Rows)
                rows.Add([.. Texts(reader, textOf, limits.Columns).Select(text => PreviewText.Cut(text, limits.Width))]);
            if (++count % ReportEvery == 0) report(count);
        }

        return new(columns, first, rows, count);
    }

    /// <summary><c>row.count</c>, and <c>result.name</c> for each column of the first row. NULL is no property.</summary>
    /// <param name="omitted">Columns whose value is too long; empty most of the time.</param>
    public Dictionary<string, string> ToOutputs(out IReadOnlyList<string> omitted)
    {
        var outputs = new Dictionary<string, string> { ["row.count"] = Count.ToString(CultureInfo.InvariantCulture) };
        List<string> tooLong = [];
        omitted = tooLong;
        if (First is null) return outputs;

        // Of several columns with one name the first one counts.
        foreach (var (name, value) in Columns.Zip(First))
            if (value is { Length: > LongestOutput }) tooLong.Add(name);
            else if (value is not null && name.Length > 0) outputs.TryAdd($"result.{name}", value);
        return outputs;
    }

    private static string?[] Texts(DbDataReader reader, Func<DbDataReader, int, string?> textOf, int limit) =>
        [.. Enumerable.Range(0, Math.Min(reader.FieldCount, limit)).Select(column => textOf(reader, column))];
}

/// <summary>How much of a result goes into the log.</summary>
/// <param name="Rows">0 for none.</param>
/// <param name="Columns">From the left.</param>
/// <param name="Width">Characters of one value.</param>
internal sealed record PreviewLimits(int Rows, int Columns, int Width);
