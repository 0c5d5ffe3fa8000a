using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>What became of an archive or folder, before anybody looked at what its files say.</summary>
internal abstract record ArchiveResult
{
    private ArchiveResult() { }

    /// <summary>Every file is there and its hash known. Whoever receives this disposes the tree.</summary>
    internal sealed record Opened(PackageTree Tree, IReadOnlyList<Finding> Warnings) : ArchiveResult;

    /// <summary>Nothing of it may be used, and nothing of it is left on disk.</summary>
    internal sealed record Refused(Finding Finding) : ArchiveResult;
}
