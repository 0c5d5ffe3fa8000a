using System.Diagnostics;

namespace Scheduler.Plugins.Tests.Hosting;

/// <summary>The program of <c>tests/ProcessHost</c> as a real process.</summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly string s_assembly =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../ProcessHost", new DirectoryInfo(AppContext.BaseDirectory).Name, "Scheduler.ProcessHost.dll"));

    private readonly Process _process;

    /// <param name="command">A shell command in which <c>$HOST</c> stands for the program.</param>
    public HostProcess(string command) => _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
    {
        RedirectStandardOutput = true,
        Environment = { ["HOST"] = $"dotnet {s_assembly}" },
    })!;

    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? "it ended without a word";

    /// <summary>What it says when it has started its trees: its marker and the number of its reaper.</summary>
    public async Task<(string Marker, int Reaper)> WaitUntilReadyAsync()
    {
        for (var line = ""; ; line = await ReadLineAsync())
            if (line.Split(' ') is ["ready", var marker, var reaper]) return (marker, int.Parse(reaper));
    }

    public void Kill() => _process.Kill();

    /// <summary>Sends a signal, such as <c>STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task TerminateAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
