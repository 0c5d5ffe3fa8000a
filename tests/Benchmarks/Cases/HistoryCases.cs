using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Benchmarks.Engine;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Retention;

namespace Scheduler.Benchmarks.Cases;

/// <summary>The engine with millions of finished nodes behind it. Needs a few gigabytes of disk while it runs.</summary>
internal static class HistoryCases
{
    private const int PageLength = 20;

    public static async Task RunAsync(Bench bench)
    {
        await using var host = await bench.StartHostAsync(slots: 64);
        var executions = bench.IsQuick ? 20_000 : 1_000_000;
        var history = await History.CloneAsync(host, executions);
        Console.Error.WriteLine($"{executions:N0} executions with {history.Rows:N0} rows and {history.Bytes >> 20:N0} MiB");
        await host.QueryAsync(connection => connection.ExecuteAsync("VACUUM ANALYZE", commandTimeout: 600));

        await ListAsync(bench, host.Executions, history, executions);
        await ManyAsync(bench, host);
        await ForgetAsync(bench, host, history);
    }

    /// <summary>Against an empty database, in turns: what else happens on the machine meets both.</summary>
    private static async Task ManyAsync(Bench bench, EngineHost host)
    {
        await using var empty = await bench.StartHostAsync(slots: 64);
        var executions = bench.IsQuick ? 20 : 200;
        foreach (var type in new[] { BenchStep.TypeId, BenchPlugin.TypeId })
        {
            var (here, there) = (await host.UploadAsync(Shapes.Dag(type)), await empty.UploadAsync(Shapes.Dag(type)));
            var runs = await bench.RepeatAsync(async () =>
                (Full: await EngineCases.RunManyAsync(host, here, executions), Empty: await EngineCases.RunManyAsync(empty, there, executions)));

            double Rate(IEnumerable<double> seconds) => executions * Shapes.DagLength / seconds.Median();
            bench.Add(
                $"history-many-{type}", Rate(runs.Select(run => run.Full)), "nodes/s", Rate(runs.Select(run => run.Empty)),
                Target.RatioAtLeast(0.9, "an empty database"));
        }
    }

    private static async Task ListAsync(Bench bench, IExecutions executions, History history, int count)
    {
        var workflow = new ExecutionFilter { ProjectId = history.Project, WorkflowId = "bench" };
        (string Name, ExecutionFilter Filter, int Start)[] pages =
        [
            ("all-first", new(), 0),
            ("all-deep", new(), count * 9 / 10),
            ("ended-first", new() { Active = false }, 0),
            ("active", new() { Active = true }, 0),
            ("failed-first", new() { Status = ExecutionStatus.Failed }, 0),
            ("failed-deep", new() { Status = ExecutionStatus.Failed }, count / 100 * 9 / 10),
            ("succeeded-first", new() { Status = ExecutionStatus.Succeeded }, 0),
            ("project-first", new() { ProjectId = history.Project }, 0),
            ("workflow-first", workflow, 0),
            ("workflow-deep", workflow, count / History.Projects * 9 / 10),
        ];
        foreach (var (name, filter, start) in pages)
            await TimeAsync(bench, $"history-list-{name}", () => executions.ListAsync(filter, start, PageLength, CancellationToken.None));

        var random = new Random(1);
        await TimeAsync(
            bench, "history-view", () => executions.GetAsync(history.First + random.NextInt64(count), CancellationToken.None));
    }

    /// <summary>What it costs to be rid of it: the oldest partition at once, and others execution by execution.</summary>
    private static async Task ForgetAsync(Bench bench, EngineHost host, History history)
    {
        var executions = host.Services.GetServices<IHistory>().Single(kept => kept.Kind == HistoryKind.Executions);
        var ranges = await executions.ListRangesAsync(CancellationToken.None);
        var clock = Stopwatch.StartNew();
        if (!bench.IsQuick)
        {
            await executions.DropAsync(ranges[1], CancellationToken.None);
            bench.Add("history-drop-100k", clock.Elapsed.TotalSeconds, "s");
        }

        var from = bench.IsQuick ? history.First : ranges[2].From;
        var batches = Enumerable.Range(0, 10_000).Select(i => from + i).Chunk(new RetentionOptions().BatchLength).ToList();
        clock.Restart();
        foreach (var batch in batches) await executions.DeleteAsync(batch, CancellationToken.None);
        bench.Add("history-sift", 10_000 / clock.Elapsed.TotalSeconds, "executions/s");
    }

    private static async Task TimeAsync<T>(Bench bench, string name, Func<Task<T>> callAsync)
    {
        var times = new List<double>();
        for (var call = -5; call < 30; call++)
        {
            var began = Stopwatch.GetTimestamp();
            await callAsync();
            if (call >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        bench.Add(name, times.Median(), "ms");
        bench.Add($"{name}-p95", times.Percentile(0.95), "ms");
    }
}
