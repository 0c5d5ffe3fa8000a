using System.Collections.Concurrent;
using System.Diagnostics;
using Scheduler.Benchmarks.Engine;
using Scheduler.Contracts.Projects;

namespace Scheduler.Benchmarks.Peer;

/// <summary>The driver's workloads on this engine. Packages are uploaded before the clock starts, as others register code before it.</summary>
internal sealed class PeerWorkloads(EngineHost host, string stepType) : IAsyncDisposable
{
    private readonly Dictionary<string, Project> packages = [];

    public Func<PeerSizes, Task<PeerReply>>? Find(string? workload) => workload switch
    {
        "w1" => sizes => OneAsync($"chain-{sizes.N}", () => Shapes.Chain(sizes.N, stepType), sizes.N),
        "w2" => sizes => OneAsync($"fan-{sizes.N}", () => Shapes.FanOut(sizes.N, stepType), sizes.N + 1),
        "w3" => ManyAsync,
        "w4" => ShellAsync,
        "w5" => StartAsync,
        _ => null,
    };

    /// <summary>Waits for the workflow that ran when the process was killed; it is the newest, and went on by itself.</summary>
    public async Task ResumeAsync() => await host.WaitAsync(await host.FindNewestAsync());

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<PeerReply> OneAsync(string name, Func<byte[]> package, int steps)
    {
        var project = await PackageAsync(name, package);
        host.Ledger.Clear();
        var clock = Stopwatch.StartNew();
        var execution = await host.SubmitAsync(project);
        await host.WaitAsync(execution);
        var elapsed = clock.Elapsed;
        return (await ReplyAsync(elapsed, steps, [execution])) with { Lat = PeerLatency.Of(host.Ledger.Gaps()) };
    }

    private async Task<PeerReply> ManyAsync(PeerSizes sizes)
    {
        var project = await PackageAsync("dag", () => Shapes.Dag(stepType));
        host.Ledger.Clear();
        var latencies = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        var executions = await Task.WhenAll(Enumerable.Range(0, sizes.N).Select(async _ =>
        {
            var own = Stopwatch.StartNew();
            var execution = await host.SubmitAsync(project);
            await host.WaitAsync(execution);
            latencies.Add(own.Elapsed.TotalMilliseconds);
            return execution;
        }));
        var elapsed = clock.Elapsed;
        return (await ReplyAsync(elapsed, sizes.N * 10, executions)) with { Lat = PeerLatency.Of(latencies) };
    }

    /// <summary>The bodies are processes: what ran is told by the attempts that the store knows.</summary>
    private async Task<PeerReply> ShellAsync(PeerSizes sizes)
    {
        var project = await PackageAsync($"shell-{sizes.N}", () => Shapes.Parallel(sizes.N, "command", "{ command: /bin/sh -c true }"));
        var clock = Stopwatch.StartNew();
        var execution = await host.SubmitAsync(project, maxParallel: sizes.C);
        await host.WaitAsync(execution);
        var elapsed = clock.Elapsed;
        var (succeeded, repeated) = await host.CountStoredAsync(execution, "command");
        return new PeerReply(true)
        {
            WallMs = elapsed.TotalMilliseconds,
            Steps = sizes.N,
            Exec = new PeerBodies(succeeded, sizes.N, repeated),
            Db = new PeerStored(succeeded),
            DbExpected = sizes.N,
        };
    }

    private async Task<PeerReply> StartAsync(PeerSizes sizes)
    {
        var project = await PackageAsync("one", () => Shapes.Chain(1, stepType));
        host.Ledger.Clear();
        var submitted = new ConcurrentDictionary<long, long>();
        var clock = Stopwatch.StartNew();
        await OpenLoopAsync(sizes.N, async () =>
        {
            var at = Stopwatch.GetTimestamp();
            var execution = await host.SubmitAsync(project);
            submitted[execution] = at;
            await host.WaitAsync(execution);
        });
        var elapsed = clock.Elapsed;
        var latencies = submitted.Select(pair => Stopwatch.GetElapsedTime(pair.Value, host.Ledger.StartOf(pair.Key)).TotalMilliseconds);
        return (await ReplyAsync(elapsed, sizes.N, submitted.Keys)) with { Lat = PeerLatency.Of([.. latencies]) };
    }

    private async Task<PeerReply> ReplyAsync(TimeSpan elapsed, int steps, IEnumerable<long> executions)
    {
        var (executed, repeated) = host.Ledger.Count();
        var stored = 0;
        foreach (var execution in executions) stored += (await host.CountStoredAsync(execution, stepType)).Succeeded;
        return new PeerReply(true)
        {
            WallMs = elapsed.TotalMilliseconds,
            Steps = steps,
            Exec = new PeerBodies(executed, steps, repeated),
            Db = new PeerStored(stored),
            DbExpected = steps,
        };
    }

    /// <summary>Submissions 25 to 75 ms apart; the sequence is the driver's, the same for every engine.</summary>
    private static async Task OpenLoopAsync(int count, Func<Task> submit)
    {
        var seed = 12345L;
        var all = new List<Task>();
        var clock = Stopwatch.StartNew();
        var next = 0.0;
        for (var i = 0; i < count; i++)
        {
            var wait = next - clock.Elapsed.TotalMilliseconds;
            if (wait > 1) await Task.Delay((int)wait);
            all.Add(Task.Run(submit));
            seed = (seed * 1103515245 + 12345) % 2147483648;
            next += 25 + 50 * (seed / 2147483648.0);
        }

        await Task.WhenAll(all);
    }

    private async Task<Project> PackageAsync(string name, Func<byte[]> package) =>
        packages.TryGetValue(name, out var known) ? known : packages[name] = await host.UploadAsync(package());
}
