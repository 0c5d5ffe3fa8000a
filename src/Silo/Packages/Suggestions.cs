using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages;

/// <summary>Finds the existing name that a wrong one was probably meant to be.</summary>
internal sealed class Suggestions(IReadOnlyCollection<string> names)
{
    private const int MaxDistance = 2;
    private const int MaxNameLength = 64;

    /// <summary>Each search looks at every name; a package with more mistakes than this has another problem.</summary>
    private int left = 20;

    /// <summary>A warning beside the error, or nothing.</summary>
    public IEnumerable<Finding> For(string wrong, string file, int? line)
    {
        if (Nearest(wrong) is { } name)
            yield return Finding.Warning("package.did-you-mean", $"There is no '{wrong}'; did you mean '{name}'?", file, line);
    }

    /// <summary>The closest name, or null when none is close or too many were asked for.</summary>
    public string? Nearest(string wrong)
    {
        if (wrong.Length > MaxNameLength || left == 0) return null;

        left--;
        return names
            .Where(name => Math.Abs(name.Length - wrong.Length) <= MaxDistance && name.Length <= MaxNameLength)
            .Select(name => (Name: name, Distance: Distance(name.ToUpperInvariant(), wrong.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= Math.Min(MaxDistance, wrong.Length / 2))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault().Name;
    }

    /// <summary>All names, the closest first.</summary>
    public static IEnumerable<string> Rank(IEnumerable<string> names, string wrong) => names
        .OrderBy(name => Distance(name.ToUpperInvariant(), wrong.ToUpperInvariant())).ThenBy(name => name, StringComparer.Ordinal);

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
