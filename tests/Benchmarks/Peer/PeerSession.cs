using Npgsql;
using Scheduler.Benchmarks.Engine;

namespace Scheduler.Benchmarks.Peer;

/// <summary>
/// The scheduler as one of the engines of the side-by-side benchmark: a JSON line on standard input asks, one on standard output
/// answers. Nothing else is written to standard output.
/// </summary>
internal static class PeerSession
{
    private const int SlotsAtStart = 16;

    /// <summary>Set when this process is going to be killed: then its recovery is timed, with everything cold.</summary>
    private static readonly string? StepLog = Environment.GetEnvironmentVariable("BENCH_STEP_LOG");

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(4);

    /// <param name="via"><c>control</c> runs steps inside the execution's grain, <c>plugin</c> through queue, slot and node grain.</param>
    public static async Task<int> RunAsync(string via)
    {
        if (via is not ("control" or "plugin"))
        {
            await Console.Error.WriteLineAsync($"--via is control or plugin, not '{via}'");
            return 2;
        }

        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(Console.Error);

        using var ledger = new Ledger(StepLog);
        var folder = Path.Combine(Environment.GetEnvironmentVariable("BENCH_DIR") ?? Directory.CreateTempSubdirectory().FullName, "data");
        var host = new PeerHost(folder, ConnectionString(), ledger);
        var workloads = new PeerWorkloads(host, via == "control" ? BenchStep.TypeId : BenchPlugin.TypeId);

        while (await Console.In.ReadLineAsync() is { } line)
        {
            var request = PeerReply.ReadRequest(line);
            await output.WriteLineAsync((await AnswerAsync(request, host, workloads, via)).ToLine());
            if (request.Op == "quit") break;
        }

        return 0;
    }

    /// <summary>Whatever goes wrong is the answer: the driver notes it and goes on with the next case.</summary>
    private static async Task<PeerReply> AnswerAsync(PeerRequest request, PeerHost host, PeerWorkloads workloads, string via)
    {
        try
        {
            switch (request.Op)
            {
                case "setup":
                    await host.UseSlotsAsync(SlotsAtStart);
                    if (StepLog is null) await workloads.WarmUpAsync();
                    return new PeerReply { Ok = true, Config = Describe(via) };
                case "run":
                    return await workloads.RunAsync(request.Workload!, request.Params!, request.Id);
                case "resume":
                    await host.WaitForAllAsync(request.Id!);
                    return new PeerReply { Ok = true };
                case "quit":
                    await Task.WhenAny(host.DisposeAsync().AsTask(), Task.Delay(StopPatience));
                    return new PeerReply { Ok = true };
                default:
                    return new PeerReply { Ok = false, Error = $"There is no operation {request.Op}" };
            }
        }
        catch (Exception exception)
        {
            return new PeerReply { Ok = false, Error = exception.ToString() };
        }
    }

    private static Dictionary<string, string> Describe(string via) => new()
    {
        ["via"] = via,
        ["step"] = via == "control"
            ? "a function in the execution's grain; start and end are journal events, and the end is committed before a later step starts"
            : "a plugin: dispatch queue, slot, node grain, and back to the execution's grain",
        ["w4"] = "the command node, as many slots as the workload allows at one time",
        ["exec"] = "counted in the body (w4: as the command plugin begins)",
        ["db"] = "successes in the journal rows, read from PostgreSQL after the run",
        ["warm-up"] = StepLog is null
            ? "each workload about a thousand steps at setup: the runtime compiles a method for good once it has been called often"
            : "none",
        ["runtime"] = Environment.Version.ToString(),
    };

    private static string ConnectionString()
    {
        var url = new Uri(Environment.GetEnvironmentVariable("BENCH_PG_URL")
            ?? throw new InvalidOperationException("BENCH_PG_URL names the PostgreSQL database to use"));
        return new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.IsDefaultPort ? 5432 : url.Port,
            Username = Uri.UnescapeDataString(url.UserInfo.Split(':')[0]),
            Password = url.UserInfo.Split(':') is [_, var password] ? Uri.UnescapeDataString(password) : null,
            Database = url.AbsolutePath.TrimStart('/'),
        }.ConnectionString;
    }
}
