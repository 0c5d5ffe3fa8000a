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

    /// <summary>Levenshtein's: letters to insert, delete or replace.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
