using System.Diagnostics;
using Scheduler.Benchmarks.Engine;
using Scheduler.Contracts.Projects;

namespace Scheduler.Benchmarks.Cases;

/// <summary>Durable nodes through the real instance grain.</summary>
internal static class EngineCases
{
    /// <summary>One node after the other: bound by one commit each. The cost of a node must not grow with their number.</summary>
    public static async Task ChainAsync(Bench bench)
    {
        await using var host = await bench.StartHostAsync();
        double? costOfSmallest = null;
        foreach (var count in bench.IsQuick ? [10, 100] : new[] { 10, 100, 1_000, 10_000 })
        {
            var project = await host.UploadAsync(Shapes.Chain(count, BenchStep.TypeId));
            var commit = 1_000 / await bench.Store.CommitsAsync();
            var gaps = new List<double>();
            var runs = await bench.RepeatAsync(async () =>
            {
                var elapsed = await RunAsync(host, project, count);
                gaps.AddRange(host.Ledger.Gaps());
                return elapsed;
            });

            var cost = gaps.Median();
            bench.Add($"chain-{count}-p50", cost, "ms/node", commit, count == 1_000 ? Target.RatioAtMost(1.5, "a bare commit") : null);
            bench.Add($"chain-{count}-p99", gaps.Percentile(0.99), "ms/node", commit);
            bench.Add($"chain-{count}", count / runs.Median(), "nodes/s");
            if (costOfSmallest is { } smallest)
                bench.Add($"chain-{count}-flat", cost, "ms/node", smallest, Target.RatioAtMost(1.5, "chain of 10"));
            costOfSmallest ??= cost;
        }
    }

    /// <summary>Parallel nodes and a join.</summary>
    public static async Task FanOutAsync(Bench bench)
    {
        await using var host = await bench.StartHostAsync();
        foreach (var count in bench.IsQuick ? [100] : new[] { 100, 1_000, 10_000 })
        {
            var project = await host.UploadAsync(Shapes.FanOut(count, BenchStep.TypeId));
            var runs = await bench.RepeatAsync(() => RunAsync(host, project, count + 1));
            var target = count == 1_000 ? Target.AtLeast(30_000, "nodes/s") : null;
            bench.Add($"fanout-{count}", (count + 1) / runs.Median(), "nodes/s", target: target);
        }
    }

    /// <summary>200 executions of a ten-node DAG at once, once resolved in the grain and once through plugins.</summary>
    public static async Task ManyAsync(Bench bench)
    {
        await using var host = await bench.StartHostAsync(slots: 64);
        var executions = bench.IsQuick ? 20 : 200;

        foreach (var (name, type, ratio) in new[] { ("many", BenchStep.TypeId, 5.0), ("many-plugin", BenchPlugin.TypeId, 3.0) })
        {
            var project = await host.UploadAsync(Shapes.Dag(type));
            var commits = await bench.Store.CommitsAsync();
            var runs = await bench.RepeatAsync(() => RunManyAsync(host, project, executions));
            bench.Add(
                $"{name}-{executions}x10", executions * 10 / runs.Median(), "nodes/s", commits,
                Target.RatioAtLeast(ratio, "bare commits/s"));
        }
    }

    /// <summary>From the call that submits to the first line of the body, on an idle server.</summary>
    public static async Task StartLatencyAsync(Bench bench)
    {
        await using var host = await bench.StartHostAsync();
        foreach (var (name, type) in new[] { ("start-latency", BenchStep.TypeId), ("start-latency-plugin", BenchPlugin.TypeId) })
        {
            var project = await host.UploadAsync(Shapes.Chain(1, type));
            var latencies = new List<double>();
            var count = bench.IsQuick ? 20 : 200;
            for (var run = -count / 4; run < count; run++)
            {
                await Task.Delay(10 + (run & 15));
                host.Ledger.Clear();
                var submitted = Stopwatch.GetTimestamp();
                var execution = await host.SubmitAsync(project);
                await host.WaitAsync(execution);
                if (run >= 0) latencies.Add(Stopwatch.GetElapsedTime(submitted, host.Ledger.FirstStartOf(execution)).TotalMilliseconds);
            }

            bench.Add($"{name}-p50", latencies.Median(), "ms", target: type == BenchStep.TypeId ? Target.AtMost(1.5, "ms") : null);
            bench.Add($"{name}-p99", latencies.Percentile(0.99), "ms", target: type == BenchStep.TypeId ? Target.AtMost(5, "ms") : null);
        }
    }

    /// <summary>Seconds from submitting an execution to its stored end.</summary>
    public static async Task<double> RunAsync(EngineHost host, Project project, int nodes)
    {
        host.Ledger.Clear();
        var clock = Stopwatch.StartNew();
        await host.WaitAsync(await host.SubmitAsync(project));
        var elapsed = clock.Elapsed.TotalSeconds;
        Verify(host.Ledger, nodes);
        return elapsed;
    }

    /// <summary>Seconds until all executions of a ten-node DAG, submitted at once, have ended.</summary>
    public static async Task<double> RunManyAsync(EngineHost host, Project project, int executions)
    {
        host.Ledger.Clear();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, executions).Select(async _ => await host.WaitAsync(await host.SubmitAsync(project))));
        var elapsed = clock.Elapsed.TotalSeconds;
        Verify(host.Ledger, executions * 10);
        return elapsed;
    }

    private static void Verify(Ledger ledger, int nodes)
    {
        var (executed, repeated) = ledger.Count();
        if (executed != nodes || repeated != 0)
            throw new InvalidOperationException($"{executed} of {nodes} nodes ran, {repeated} of them more than once");
    }
}
