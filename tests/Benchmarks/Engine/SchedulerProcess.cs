using System.Diagnostics;
using System.Net;

namespace Scheduler.Benchmarks.Engine;

/// <summary>The <c>scheduler</c> executable as its users start it.</summary>
internal static class SchedulerProcess
{
    /// <summary>The published executable that <c>./dev bench</c> makes; the build's own when it is started otherwise.</summary>
    private static readonly string? Published = Environment.GetEnvironmentVariable("SCHEDULER_PROGRAM");

    /// <summary>Seconds from the start of a server to the moment it says it is ready; then it is stopped.</summary>
    public static async Task<double> StartAndStopAsync(string data, string? database)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        string[] store = database is null ? [] : ["--database", database];
        var clock = Stopwatch.StartNew();
        using var server = Start(["serve", "--data", data, "--urls", url, .. store]);
        using var client = new HttpClient();
        while (!await IsReadyAsync(client, url))
        {
            if (server.HasExited) throw new InvalidOperationException(await server.StandardError.ReadToEndAsync());
            await Task.Delay(5);
        }

        var elapsed = clock.Elapsed.TotalSeconds;
        server.Kill();
        await server.WaitForExitAsync();
        return elapsed;
    }

    /// <summary>Seconds a whole <c>scheduler run</c> takes.</summary>
    public static async Task<double> RunPackageAsync(string package)
    {
        var clock = Stopwatch.StartNew();
        using var run = Start(["run", package]);
        await run.WaitForExitAsync();
        return run.ExitCode == 0
            ? clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException(await run.StandardError.ReadToEndAsync());
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        var start = Published is null
            ? new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "scheduler.dll"), .. arguments])
            : new ProcessStartInfo(Published, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        start.Environment["SCHEDULER_ADMIN_PASSWORD"] = Guid.NewGuid().ToString();
        return Process.Start(start) ?? throw new InvalidOperationException("The process did not start");
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, string url)
    {
        try
        {
            using var reply = await client.GetAsync(new Uri($"{url}/readyz"));
            return reply.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
