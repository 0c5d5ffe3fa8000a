using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages;

/// <summary>Collects what there is to say about a package, in the order found, up to a limit. Identical findings are kept once.</summary>
internal sealed class FindingList(int limit)
{
    private readonly List<Finding> findings = [];
    private readonly HashSet<Finding> seen = [];
    private int unlistedErrors;
    private int unlistedWarnings;

    /// <summary>True once the package is refused, listed or not.</summary>
    public bool HasErrors { get; private set; }

    public void Add(Finding finding)
    {
        HasErrors |= finding.Severity == Severity.Error;
        if (seen.Contains(finding)) return;

        if (findings.Count < limit)
        {
            findings.Add(finding);
            seen.Add(finding);
        }
        else if (finding.Severity == Severity.Error) unlistedErrors++;
        else unlistedWarnings++;
    }

    public void AddRange(IEnumerable<Finding> more)
    {
        foreach (var finding in more) Add(finding);
    }

    /// <summary>All findings, and at their end how many were not listed.</summary>
    public IReadOnlyList<Finding> ToList()
    {
        List<Finding> all = [.. findings];
        if (unlistedErrors > 0) all.Add(Finding.Error("package.more-errors", $"{unlistedErrors} further errors are not listed."));
        if (unlistedWarnings > 0) all.Add(Finding.Warning("package.more-warnings", $"{unlistedWarnings} further warnings are not listed."));
        return all;
    }
}
