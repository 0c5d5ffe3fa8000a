using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages;

/// <summary>Finds the existing name that a wrong one was probably meant to be.</summary>
internal sealed class Suggestions(IReadOnlyCollection<string> names)
{
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
        if (wrong.Length > NameDistance.MaxLength || left == 0) return null;

        left--;
        return NameDistance.Nearest(wrong, names);
    }

    /// <summary>All names, the closest first.</summary>
    public static IEnumerable<string> Rank(IEnumerable<string> names, string wrong) => names
        .OrderBy(name => NameDistance.Between(name, wrong)).ThenBy(name => name, StringComparer.Ordinal);
}
