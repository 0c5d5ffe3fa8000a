namespace Scheduler.Plugins.Sql;

/// <summary>The existing name that a wrong one was probably meant to be.</summary>
internal static class NearestName
{
    private const int MaxDistance = 2;
    private const int MaxLength = 64;

    /// <summary>A sentence to add to a message, or nothing.</summary>
    public static string Hint(string wrong, IEnumerable<string> names)
    {
        if (wrong.Length > MaxLength) return "";

        var nearest = names
            .Where(name => Math.Abs(name.Length - wrong.Length) <= MaxDistance && name.Length <= MaxLength)
            .Select(name => (Name: name, Distance: Distance(name.ToUpperInvariant(), wrong.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Math.Min(MaxDistance, wrong.Length / 2))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault().Name;
        return nearest is null ? "" : $"; did you mean '{nearest}'?";
    }

    /// <summary>Letters to insert, delete, replace or swap with their neighbour: Levenshtein's distance with Damerau's swaps.</summary>
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var above = new int[b.Length + 1];
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            (before, above, row) = (above, row, before);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }

        return row[b.Length];
    }
}
