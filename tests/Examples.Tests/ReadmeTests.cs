using Scheduler.Testing;

namespace Scheduler.Examples.Tests;

/// <summary>The commands of the README, run as they stand there.</summary>
public sealed class ReadmeTests
{
    private static readonly Page s_readme = new("README.md");

    [Fact]
    public async Task The_quick_start_logs_in_uploads_runs_and_reads_the_log()
    {
        await using var server = await SchedulerServer.StartAsync();
        var package = Path.Combine(server.Data, "diamond.zip");
        await File.WriteAllBytesAsync(package, Zip.OfFolder(Path.Combine(Repository.Examples, "diamond"), "README.md", "expected.json"));

        var output = await s_readme.RunAsync("quick-start", Repository.Root, new()
        {
            ["URL"] = server.Url.OriginalString,
            ["PASSWORD"] = SchedulerServer.Password,
            ["PACKAGE"] = package,
        });

        Assert.Contains(": SUCCEEDED", output, StringComparison.Ordinal);
        Assert.Contains("Wrapping up command job report", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_without_a_server_succeed()
    {
        var programs = Directory.CreateTempSubdirectory("scheduler-path-").FullName;
        var program = Path.Combine(programs, "scheduler");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "scheduler.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await s_readme.RunAsync("command-line", Repository.Root, new() { ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}" });

        Directory.Delete(programs, recursive: true);
    }
}
