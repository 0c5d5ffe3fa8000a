namespace Scheduler.Contracts.Definitions;

/// <summary>Which existing name a wrong one was probably meant to be. Case does not matter.</summary>
public static class NameDistance
{
    private const int MaxDistance = 2;

    /// <summary>Longer names are never near another.</summary>
    public const int MaxLength = 64;

    /// <summary>The closest name, of several the first in ordinal order; null when none is close.</summary>
    public static string? Nearest(string wrong, IEnumerable<string> names)
    {
        if (wrong.Length > MaxLength) return null;

        return names
            .Where(name => Math.Abs(name.Length - wrong.Length) <= MaxDistance && name.Length <= MaxLength)
            .Select(name => (Name: name, Distance: Between(name, wrong)))
            .Where(candidate => candidate.Distance <= Math.Min(MaxDistance, wrong.Length / 2))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault().Name;
    }

    /// <summary>How many slips of the finger lie between two names.</summary>
    public static int Between(string a, string b) => Distance(a.ToUpperInvariant(), b.ToUpperInvariant());

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
