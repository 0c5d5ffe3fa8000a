using System.Diagnostics;
using System.Text.RegularExpressions;
using Scheduler.Testing;

namespace Scheduler.Examples.Tests;

/// <summary>The commands of the README, run as they stand there.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_quick_start_logs_in_uploads_runs_and_reads_the_log()
    {
        await using var server = await SchedulerServer.StartAsync();
        var package = Path.Combine(server.Data, "diamond.zip");
        await File.WriteAllBytesAsync(package, Zip.OfFolder(Path.Combine(Repository.Examples, "diamond"), "README.md", "expected.json"));

        var output = await RunAsync("quick-start", new()
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

        await RunAsync("command-line", new() { ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}" });

        Directory.Delete(programs, recursive: true);
    }

    /// <summary>Runs a marked block with <c>bash -eu</c> and gives what it printed.</summary>
    private static async Task<string> RunAsync(string name, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("bash", ["-eu", "-c", ReadBlock(name)])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in variables) start.Environment[variable] = value;

        using var bash = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = bash.StandardOutput.ReadToEndAsync(deadline.Token);
        var errors = bash.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            await bash.WaitForExitAsync(deadline.Token);
        }
        finally
        {
            if (!bash.HasExited) bash.Kill(entireProcessTree: true);
        }

        Assert.True(bash.ExitCode == 0, $"Exit code {bash.ExitCode}\n{await output}\n{await errors}");
        return await output;
    }

    private static string ReadBlock(string name)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var block = Regex.Match(readme, $"<!-- test: {name} -->\n```bash\n(.*?)```", RegexOptions.Singleline);
        return block.Success ? block.Groups[1].Value : throw new InvalidDataException($"The README has no block '{name}'");
    }
}
