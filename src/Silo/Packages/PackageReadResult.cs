using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages;

/// <summary>What reading a package came to. Dispose it when its files are no longer needed; only an accepted one holds any.</summary>
internal abstract record PackageReadResult : IDisposable
{
    private PackageReadResult() { }

    public void Dispose() => (this as Accepted)?.Tree.Dispose();

    /// <summary>A package that can be stored and run.</summary>
    /// <param name="Definition">What its workflows say.</param>
    /// <param name="Tree">Its files, readable until disposal.</param>
    /// <param name="Sha256">Lower-case hex of the archive's bytes; null for a folder.</param>
    /// <param name="Length">Bytes of the archive; 0 for a folder.</param>
    /// <param name="Warnings">What its author should look at; in the order found.</param>
    internal sealed record Accepted(
        PackageDefinition Definition, PackageTree Tree, string? Sha256, long Length, IReadOnlyList<Finding> Warnings) : PackageReadResult
    {
        /// <summary>The manifest, ordered by path.</summary>
        public IReadOnlyList<PackageFile> Files => Tree.Files;
    }

    /// <summary>Its workflows are wrong.</summary>
    /// <param name="Findings">At least one error, and the warnings beside them; in the order found.</param>
    internal sealed record Invalid(IReadOnlyList<Finding> Findings) : PackageReadResult;

    /// <summary>Not an archive that may be unpacked, or no package at all; its workflows were not looked at.</summary>
    internal sealed record Unreadable(Finding Finding) : PackageReadResult;
}
