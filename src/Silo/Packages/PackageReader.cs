using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Packages.Archives;
using Scheduler.Silo.Packages.Flow1;
using Scheduler.Silo.Packages.Flow2;
using Scheduler.Silo.Packages.Rules;

namespace Scheduler.Silo.Packages;

/// <summary>
/// The way in for every package, uploaded or on disk: archive to files, files to workflows, and everything that is wrong with
/// them at once. Bad input is an answer, never an exception; what is thrown is a broken disk or a defect. Thread-safe.
/// </summary>
internal sealed class PackageReader(IOptions<ArchiveOptions> archiveOptions, IOptions<DefinitionOptions> definitionOptions, NodeTypes types)
{
    /// <summary>Reads a zip archive. What was unpacked lasts until the result is disposed, unless it was not accepted.</summary>
    /// <param name="zipPath">A local file that does not change meanwhile; it is never written.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing behind.</param>
    public Task<PackageReadResult> ReadArchiveAsync(string zipPath, CancellationToken cancellationToken) =>
        Task.Run(() => ReadArchive(zipPath, cancellationToken), cancellationToken);

    /// <summary>Reads a folder in place, by the rules an archive of it would be read by.</summary>
    /// <param name="folder">An existing directory; it is never written, disposal included.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<PackageReadResult> ReadFolderAsync(string folder, CancellationToken cancellationToken) =>
        Task.Run(() => ReadFolder(folder, cancellationToken), cancellationToken);

    private PackageReadResult ReadFolder(string folder, CancellationToken cancellationToken) =>
        Read(new FolderReader(archiveOptions.Value).Read(folder, cancellationToken), sha256: null, length: 0, cancellationToken);

    private PackageReadResult ReadArchive(string zipPath, CancellationToken cancellationToken)
    {
        using var archive = new FileStream(zipPath, FileMode.Open, FileAccess.Read, FileShare.Read);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(archive));
        var result = new ArchiveReader(archiveOptions.Value).Read(archive.SafeFileHandle, cancellationToken);
        return Read(result, sha256, archive.Length, cancellationToken);
    }

    private PackageReadResult Read(ArchiveResult archive, string? sha256, long length, CancellationToken cancellationToken) =>
        archive switch
        {
            ArchiveResult.Refused refused => new PackageReadResult.Unreadable(refused.Finding),
            ArchiveResult.Opened opened => ReadOpened(opened, sha256, length, cancellationToken),
            _ => throw new InvalidOperationException("An archive is opened or refused."),
        };

    private PackageReadResult ReadOpened(ArchiveResult.Opened opened, string? sha256, long length, CancellationToken cancellationToken)
    {
        var isAccepted = false;
        try
        {
            var result = ReadDefinition(opened, sha256, length, cancellationToken);
            isAccepted = result is PackageReadResult.Accepted;
            return result;
        }
        finally
        {
            if (!isAccepted) opened.Tree.Dispose();
        }
    }

    private PackageReadResult ReadDefinition(ArchiveResult.Opened opened, string? sha256, long length, CancellationToken cancellationToken)
    {
        var options = definitionOptions.Value;
        var files = new DefinitionFiles(opened.Tree, options);
        var (format, refusal) = ProjectFile.Choose(opened.Tree, files, options);
        if (refusal is not null) return new PackageReadResult.Unreadable(refusal);

        var findings = new FindingList(options.MaxFindings);
        findings.AddRange(opened.Warnings);
        var definition = format == PackageFormat.Flow2
            ? new Flow2Reader(files, options, types, findings).Read(opened.Tree, cancellationToken)
            : new Flow1Reader(files, options, types, findings).Read(opened.Tree, cancellationToken);
        if (findings.HasErrors) return new PackageReadResult.Invalid(findings.ToList());

        if (definition.Workflows.Count == 0) findings.Add(WorkflowFindings.None());
        findings.AddRange(ScriptChecks.Check(opened.Tree));
        return new PackageReadResult.Accepted(definition, opened.Tree, sha256, length, findings.ToList());
    }
}
