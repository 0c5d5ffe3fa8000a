using Microsoft.Extensions.Options;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Packages.Archives;
using Scheduler.Silo.Tests.Nodes;

namespace Scheduler.Silo.Tests.Packages;

/// <summary>Reads packages in a folder of its own, and sees what they leave behind.</summary>
internal sealed class PackageBench : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("package-bench-").FullName;
    private int archives;

    public PackageBench() => Archive.WorkFolder = Directory.CreateDirectory(Path.Combine(root, "work")).FullName;

    public ArchiveOptions Archive { get; } = new();

    public DefinitionOptions Definitions { get; } = new();

    public NodeTypes Types { get; } = LoadPlugin.Types();

    public IReadOnlyList<string> LeftBehind => Directory.GetFileSystemEntries(Archive.WorkFolder!);

    /// <summary>A new empty directory.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(root, $"folder{++archives}")).FullName;

    public PackageReader Reader() => new(Options.Create(Archive), Options.Create(Definitions), Types);

    public Task<PackageReadResult> ReadZipAsync(byte[] zip)
    {
        var path = Path.Combine(root, $"{++archives}.zip");
        File.WriteAllBytes(path, zip);
        return Reader().ReadArchiveAsync(path, CancellationToken.None);
    }

    public Task<PackageReadResult> ReadAsync(params (string Path, string Text)[] files) => ReadZipAsync(ZipBuilder.Of(files));

    /// <summary>Fails unless the archive holds a package.</summary>
    public async Task AcceptAsync(byte[] zip)
    {
        using var result = await ReadZipAsync(zip);
        Assert.IsType<PackageReadResult.Accepted>(result);
    }

    /// <summary>The one reason a package is not even looked at.</summary>
    public async Task<Finding> RefusalOfAsync(byte[] zip)
    {
        using var result = await ReadZipAsync(zip);
        var refusal = Assert.IsType<PackageReadResult.Unreadable>(result).Finding;
        Assert.Empty(LeftBehind);
        Assert.Equal(Severity.Error, refusal.Severity);
        return refusal;
    }

    /// <summary>All errors of a package whose workflows are wrong.</summary>
    public async Task<IReadOnlyList<Finding>> ErrorsOfAsync(params (string Path, string Text)[] files)
    {
        using var result = await ReadAsync(files);
        var findings = Assert.IsType<PackageReadResult.Invalid>(result).Findings;
        Assert.Empty(LeftBehind);
        return [.. findings.Where(finding => finding.Severity == Severity.Error)];
    }

    public async Task<IReadOnlyList<Finding>> WarningsOfAsync(params (string Path, string Text)[] files)
    {
        using var result = await ReadAsync(files);
        return result switch
        {
            PackageReadResult.Accepted accepted => accepted.Warnings,
            PackageReadResult.Invalid invalid => [.. invalid.Findings.Where(finding => finding.Severity == Severity.Warning)],
            _ => throw new InvalidOperationException(result.ToString()),
        };
    }

    public async Task<PackageDefinition> DefinitionOfAsync(params (string Path, string Text)[] files)
    {
        using var result = await ReadAsync(files);
        if (result is PackageReadResult.Invalid invalid) Assert.Fail(string.Join('\n', invalid.Findings));
        return Assert.IsType<PackageReadResult.Accepted>(result).Definition;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
