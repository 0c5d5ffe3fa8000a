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

    /// <summary>Levenshtein's: letters to insert, delete or replace.</summary>
    private static int Distance(string a, string b)
    {
        var above = new int[b.Length + 1];
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            (above, row) = (row, above);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                row[j] = Math.Min(above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(above[j], row[j - 1]) + 1);
        }

        return row[b.Length];
    }
}
