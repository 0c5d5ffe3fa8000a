using System.IO.Compression;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;

namespace Scheduler.Api.Tests.Ports;

/// <summary>Reads zips of <c>.job</c> files with the keys <c>type</c> and <c>dependencies</c>: enough to see what an upload becomes.</summary>
internal static class TinyPackageReader
{
    public static (PackageDefinition? Definition, Finding? Finding) Read(byte[] archive)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(archive));
            return ReadJobs([.. zip.Entries.Where(entry => entry.Name.EndsWith(".job", StringComparison.Ordinal)).Select(ReadJob)]);
        }
        catch (InvalidDataException)
        {
            return (null, Finding.Error("archive.broken", "Error unzipping file."));
        }
    }

    private static (PackageDefinition?, Finding?) ReadJobs(List<NodeDefinition> jobs)
    {
        foreach (var job in jobs)
            if (job.Parents.FirstOrDefault(parent => jobs.TrueForAll(other => other.Name != parent)) is { } missing)
                return (null, Finding.Error("package.missing-dependency", $"{job.Name} cannot find dependency {missing}"));

        var ends = jobs.Where(job => !jobs.Exists(other => other.Parents.Contains(job.Name)));
        return (new()
        {
            Format = PackageFormat.Flow1,
            Workflows = [.. ends.Select(end => new WorkflowDefinition { Id = end.Name, Nodes = jobs })],
        }, null);
    }

    private static NodeDefinition ReadJob(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        var keys = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
        return new()
        {
            Name = Path.GetFileNameWithoutExtension(entry.Name),
            Type = keys["type"],
            Parents = keys.TryGetValue("dependencies", out var parents) ? parents.Split(',') : [],
            Properties = keys,
            SourceFile = entry.FullName,
        };
    }
}
