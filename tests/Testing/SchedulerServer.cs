using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scheduler.Testing;

/// <summary>
/// <c>scheduler serve</c> as a process of its own, as its users run it. It can be killed and started again over the same data.
/// </summary>
public sealed class SchedulerServer : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly string program;
    private readonly List<string> arguments;
    private readonly IReadOnlyDictionary<string, string> environment;
    private readonly StringBuilder output = new();
    private Process? process;

    private SchedulerServer(string program, string data, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        this.program = program;
        Data = data;
        Url = new Uri($"http://127.0.0.1:{FindFreePort()}");
        this.arguments = ["serve", "--data", data, "--urls", Url.OriginalString, .. arguments];
        this.environment = environment;
    }

    /// <summary>Its data folder.</summary>
    public string Data { get; }

    public Uri Url { get; }

    /// <summary>Everything it has printed so far, over all its lives.</summary>
    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    /// <summary>Process id of its current life.</summary>
    public int ProcessId => process!.Id;

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="arguments">Further arguments of <c>serve</c>.</param>
    /// <param name="environment">Further environment variables, such as options.</param>
    /// <param name="program">Another program that serves; null for the one that users have.</param>
    public static async Task<SchedulerServer> StartAsync(
        IEnumerable<string>? arguments = null, IReadOnlyDictionary<string, string>? environment = null, string? program = null)
    {
        var data = Directory.CreateTempSubdirectory("scheduler-test-").FullName;
        var server = new SchedulerServer(
            program ?? Path.Combine(AppContext.BaseDirectory, "scheduler.dll"), data, arguments ?? [], environment ?? new Dictionary<string, string>());
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it (again), on the same data and address, and waits until it is ready.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Data,
        };
        start.Environment["SCHEDULER_ADMIN_PASSWORD"] = Password;
        foreach (var (name, value) in environment) start.Environment[name] = value;

        process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start");
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    /// <summary><c>kill -9</c>: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        await process!.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Sends a signal, such as <c>STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process!.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        await process!.WaitForExitAsync(deadline.Token);
        return process.ExitCode;
    }

    /// <summary>A client that is logged in as the administrator.</summary>
    public Task<AzkabanClient> LoginAsync() => AzkabanClient.LoginAsync(Url, "admin", Password);

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false }) await KillAsync();
        process?.Dispose();
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
    }

    private void Keep(object sender, DataReceivedEventArgs received)
    {
        lock (output) output.AppendLine(received.Data);
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Url };
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync(client))
        {
            if (process!.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{Output}");
            if (clock.Elapsed > StartDeadline) throw new TimeoutException($"The server is not ready after {StartDeadline}:\n{Output}");
            await Task.Delay(20);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var reply = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
            return reply.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FindFreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
