using System.Diagnostics;
using Microsoft.Extensions.Options;
using Scheduler.Benchmarks.Engine;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Benchmarks.Cases;

/// <summary>Reading packages.</summary>
internal static class ParseCases
{
    /// <summary>Unpack, parse and validate a zip of 10 000 jobs.</summary>
    public static async Task ParseAsync(Bench bench)
    {
        var jobs = bench.IsQuick ? 1_000 : 10_000;
        var path = Path.Combine(bench.Folder, "jobs.zip");
        await File.WriteAllBytesAsync(path, Shapes.Jobs(jobs));
        var reader = new PackageReader(Options.Create(new ArchiveOptions()), Options.Create(new DefinitionOptions()), new NodeTypes([]));

        var seconds = await bench.RepeatAsync(async () =>
        {
            var clock = Stopwatch.StartNew();
            using var result = await reader.ReadArchiveAsync(path, CancellationToken.None);
            return result is PackageReadResult.Accepted
                ? clock.Elapsed.TotalSeconds
                : throw new InvalidOperationException($"The package was refused: {result}");
        });
        bench.Add($"parse{jobs / 1_000}k", seconds.Median(), "s", target: Target.AtMost(2, "s"));
    }
}
