using Npgsql;
using Scheduler.Benchmarks.Engine;

namespace Scheduler.Benchmarks.Peer;

/// <summary>
/// Lets a driver that compares engines run this one: requests are lines of JSON on standard input, answers lines on standard output.
/// What anything else prints goes to standard error.
/// </summary>
/// <remarks>
/// <c>--via control</c> (the default) runs each step as a function inside the engine's worker, as code-first engines do;
/// <c>--via plugin</c> sends it through dispatch queue, slot and node grain, as a job of a node type that others wrote.
/// </remarks>
internal static class PeerProgram
{
    /// <summary>Attempts at one time; more than the widest level of many workflows is never needed at once.</summary>
    private const int Slots = 64;

    public static async Task RunAsync(string[] args)
    {
        var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(Console.Error);

        var stepType = args.SkipWhile(argument => argument != "--via").Skip(1).FirstOrDefault() is "plugin"
            ? BenchPlugin.TypeId
            : BenchStep.TypeId;
        PeerWorkloads? workloads = null;
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var request = PeerJson.Read(line);
            try
            {
                if (request.Op == "setup") workloads = new PeerWorkloads(await StartHostAsync(), stepType);
                await output.WriteLineAsync(PeerJson.Write(await AnswerAsync(request, workloads, stepType)));
            }
#pragma warning disable CA1031 // The driver wants to hear of it and go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                await output.WriteLineAsync(PeerJson.Write(new PeerReply(false) { Error = exception.ToString() }));
            }

            if (request.Op == "quit") return;
        }
    }

    private static async Task<PeerReply> AnswerAsync(PeerRequest request, PeerWorkloads? workloads, string stepType)
    {
        if (request.Op == "quit")
        {
            if (workloads is not null) await workloads.DisposeAsync();
            return new PeerReply(true);
        }

        if (workloads is null) throw new InvalidOperationException("Nothing is set up");
        switch (request.Op)
        {
            case "setup":
                return new PeerReply(true) { Config = new { steps = stepType, store = "postgresql", slots = Slots } };
            case "resume":
                await workloads.ResumeAsync();
                return new PeerReply(true);
            case "run" when workloads.Find(request.Workload) is { } workload:
                return await workload(request.Params!);
            default:
                return new PeerReply(false) { Skip = true, Error = "not implemented by this peer" };
        }
    }

    private static Task<EngineHost> StartHostAsync()
    {
        var database = new NpgsqlConnectionStringBuilder
        {
            Host = Required("BENCH_PG_HOST"),
            Port = int.Parse(Required("BENCH_PG_PORT")),
            Username = Required("BENCH_PG_USER_NAME"),
            Database = Required("BENCH_PG_DB"),
        };
        return EngineHost.StartAsync(Path.Combine(Required("BENCH_DIR"), "data"), database.ConnectionString, Slots);
    }

    private static string Required(string variable) =>
        Environment.GetEnvironmentVariable(variable) ?? throw new InvalidOperationException($"{variable} is not set; the driver sets it");
}
