using System.Collections.Concurrent;
using System.Diagnostics;
using Scheduler.Benchmarks.Engine;
using Scheduler.Contracts.Projects;

namespace Scheduler.Benchmarks.Peer;

/// <summary>The five workloads, each as one package. Uploading is not timed: the other engines register their code at start, too.</summary>
/// <param name="host">Where they run.</param>
/// <param name="type">Node type of the in-process step.</param>
internal sealed class PeerWorkloads(PeerHost host, string type)
{
    private const int DefaultSlots = 16;

    public async Task<PeerReply> RunAsync(string workload, PeerSize size, string? id)
    {
        await host.UseSlotsAsync(size.C > 0 ? size.C : DefaultSlots);
        host.Ledger.Clear();
        var name = id ?? $"{workload}-{size.N}";
        return workload switch
        {
            "w1" => await ChainAsync(await host.ProjectAsync(name, Shapes.Chain(size.N, type)), size.N),
            "w2" => await OneAsync(await host.ProjectAsync(name, Shapes.FanOut(size.N, type)), size.N, size.N + 1),
            "w3" => await ManyAsync(await host.ProjectAsync(name, Shapes.Dag(type)), size.N),
            "w4" => await OneAsync(
                await host.ProjectAsync(name, Shapes.Parallel(size.N, "command", """{ command: "/bin/sh -c true" }""")), size.N, size.N, joins: 1),
            "w5" => await StartsAsync(await host.ProjectAsync(name, Shapes.Chain(1, type)), size.N),
            _ => throw new InvalidOperationException($"There is no workload {workload}"),
        };
    }

    /// <summary>
    /// A server runs what the runtime has compiled for good after its first minute of load; a workload that lasts a quarter of a second
    /// would mostly measure the compiler.
    /// </summary>
    public async Task WarmUpAsync()
    {
        foreach (var (workload, size, times) in new[]
        {
            ("w1", new PeerSize(200, 0), 5), ("w2", new PeerSize(200, 0), 5), ("w3", new PeerSize(100, 0), 8), ("w4", new PeerSize(200, 2), 6),
            ("w5", new PeerSize(40, 0), 1),
        })
            for (var i = 0; i < times; i++) await RunAsync(workload, size, $"warm-up-{workload}");
    }

    private async Task<PeerReply> ChainAsync(Project project, int steps)
    {
        var reply = await OneAsync(project, steps, steps);
        return reply with { Lat = PeerLatency.Of(host.Ledger.Gaps()) };
    }

    /// <param name="project">What to run.</param>
    /// <param name="steps">Steps that the rate counts.</param>
    /// <param name="bodies">Steps with a body.</param>
    /// <param name="joins">Nodes without a body, stored like the others.</param>
    private async Task<PeerReply> OneAsync(Project project, int steps, int bodies, int joins = 0)
    {
        var clock = Stopwatch.StartNew();
        var execution = await host.Engine.SubmitAsync(project);
        await host.Engine.WaitAsync(execution);
        return await ReplyAsync(clock.Elapsed, [execution], steps, bodies, joins);
    }

    private async Task<PeerReply> ManyAsync(Project project, int workflows)
    {
        var latencies = new ConcurrentDictionary<long, double>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workflows).Select(async _ =>
        {
            var submitted = Stopwatch.GetTimestamp();
            var execution = await host.Engine.SubmitAsync(project);
            await host.Engine.WaitAsync(execution);
            latencies[execution] = Stopwatch.GetElapsedTime(submitted).TotalMilliseconds;
        }));
        var reply = await ReplyAsync(clock.Elapsed, latencies.Keys, workflows * Shapes.DagLength, workflows * Shapes.DagLength);
        return reply with { Lat = PeerLatency.Of([.. latencies.Values]) };
    }

    private async Task<PeerReply> StartsAsync(Project project, int workflows)
    {
        var latencies = new ConcurrentDictionary<long, double>();
        var clock = Stopwatch.StartNew();
        await OpenLoop.RunAsync(workflows, async () =>
        {
            var submitted = Stopwatch.GetTimestamp();
            var execution = await host.Engine.SubmitAsync(project);
            await host.Engine.WaitAsync(execution);
            latencies[execution] = Stopwatch.GetElapsedTime(submitted, host.Ledger.FirstStartOf(execution)).TotalMilliseconds;
        });
        var reply = await ReplyAsync(clock.Elapsed, latencies.Keys, workflows, workflows);
        return reply with { Lat = PeerLatency.Of([.. latencies.Values]) };
    }

    private async Task<PeerReply> ReplyAsync(TimeSpan wall, IEnumerable<long> executions, int steps, int bodies, int joins = 0)
    {
        var (executed, repeated) = host.Ledger.Count();
        return new PeerReply
        {
            Ok = true,
            WallMs = wall.TotalMilliseconds,
            Steps = steps,
            Exec = new PeerExecuted(executed, bodies, repeated),
            Db = new PeerStored(await host.CountStoredAsync(executions)),
            DbExpected = bodies + joins,
        };
    }
}
