using System.Diagnostics;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Cli;

public sealed class RunInterruptTests : IDisposable
{
    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Ctrl_C_cancels_the_execution_and_its_processes()
    {
        using var process = StartSleeper("exec sleep 600");
        var child = await ChildAsync();

        Interrupt(process);
        var result = await CommandFolder.EndOfAsync(process, "");

        Assert.Equal(1, result.Code);
        Assert.Contains("sleeper Cancelled", result.Output, StringComparison.Ordinal);
        Assert.False(IsAlive(child));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Temporary));
    }

    [Fact]
    public async Task A_second_Ctrl_C_ends_at_once_and_still_leaves_no_process()
    {
        using var process = StartSleeper("trap \"\" TERM; while :; do sleep 1; done");
        var child = await ChildAsync();

        Interrupt(process);
        var seen = "";
        while (!seen.Contains("Cancelling", StringComparison.Ordinal)) seen += await process.StandardOutput.ReadLineAsync() + "\n";
        Interrupt(process);
        var result = await CommandFolder.EndOfAsync(process, seen);

        Assert.NotEqual(0, result.Code);
        Assert.DoesNotContain("sleeper Cancelled", result.Output, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => !IsAlive(child));
    }

    private Process StartSleeper(string rest) => folder.Start(
        "run", folder.Package("sleep", ("sleeper.job", $"type=command\ncommand=sh -c 'echo $$ > {folder.Path}/pid.new; mv {folder.Path}/pid.new {folder.Path}/pid; {rest}'")));

    private async Task<int> ChildAsync()
    {
        var file = Path.Combine(folder.Path, "pid");
        await Eventually.TrueAsync(() => File.Exists(file), TimeSpan.FromSeconds(60));
        return int.Parse(await File.ReadAllTextAsync(file));
    }

    private static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        kill.WaitForExit();
    }

    private static bool IsAlive(int pid) => Directory.Exists($"/proc/{pid}");
}
