using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Cli.Validate;
using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Cli.Run;

/// <summary>A valid package, and what of it to run.</summary>
/// <param name="ArchivePath">A zip archive of the package.</param>
/// <param name="Name">Name for its project.</param>
/// <param name="Workflow">Its workflow that was chosen.</param>
/// <param name="Warnings">What its author should look at.</param>
internal sealed record PreparedRun(string ArchivePath, string Name, WorkflowDefinition Workflow, IReadOnlyList<string> Warnings);

/// <summary>What checking an order without running anything comes to.</summary>
internal abstract record RunPreparation
{
    private RunPreparation() { }

    internal sealed record Ready(PreparedRun Run) : RunPreparation;

    /// <summary>Everything that is wrong with the package, or what is wrong with the order.</summary>
    internal sealed record Refused(IReadOnlyList<string> Lines) : RunPreparation;

    /// <param name="order">What to run.</param>
    /// <param name="temporary">A folder to put the archive of a folder in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RunPreparation> PrepareAsync(RunOrder order, string temporary, CancellationToken cancellationToken)
    {
        var path = PackagePath.Find(order.Path);
        if (path is PackagePath.Missing missing) return new Refused([missing.ToString()]);

        using var package = await PackageReading.ReadAsync(path, cancellationToken);
        if (package is not PackageReadResult.Accepted accepted) return new Refused([.. PackageReading.FindingsOf(package).Select(FindingLines.ToText)]);

        var choice = WorkflowChoice.Of(accepted.Definition, order.Workflow);
        if (choice is not WorkflowChoice.Chosen { Workflow: var workflow }) return new Refused(((WorkflowChoice.Unclear)choice).Lines);

        var faults = NodeSelection.Check(accepted.Definition, workflow, order.Disabled);
        if (faults.Count > 0) return new Refused(faults);

        var warnings = FindingLines.Sorted(accepted.Warnings).Select(FindingLines.ToText);
        return new Ready(new PreparedRun(ArchiveOf(path, accepted, temporary), NameOf(path), workflow, [.. warnings]));
    }

    private static string ArchiveOf(PackagePath path, PackageReadResult.Accepted accepted, string temporary)
    {
        if (path is PackagePath.Archive archive) return archive.Path;

        var zip = Path.Combine(temporary, "package.zip");
        FolderArchive.Write(accepted.Tree, zip);
        return zip;
    }

    private static string NameOf(PackagePath path) => PackagePath.ProjectNameFor(path switch
    {
        PackagePath.Folder folder => folder.Path,
        PackagePath.Archive archive => Path.ChangeExtension(archive.Path, null),
        _ => "",
    });
}
