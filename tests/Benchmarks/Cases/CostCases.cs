using Dapper;
using Scheduler.Benchmarks.Engine;

namespace Scheduler.Benchmarks.Cases;

/// <summary>What one node costs the database, its log and the processors, for each way a node can run.</summary>
internal static class CostCases
{
    private const string MostFrequent = """
        SELECT calls, left(regexp_replace(query, '\s+', ' ', 'g'), 110) FROM pg_stat_statements ORDER BY calls DESC LIMIT 8
        """;

    public static async Task RunAsync(Bench bench)
    {
        await using var host = await bench.StartHostAsync(slots: 16);
        await host.QueryAsync(connection => connection.ExecuteAsync("CREATE EXTENSION pg_stat_statements"));

        foreach (var (name, type, config, many) in new[]
        {
            ("control", BenchStep.TypeId, "{}", 200), ("plugin", BenchPlugin.TypeId, "{}", 200),
            ("shell", "command", """{ command: "/bin/sh -c true" }""", 20),
        })
        {
            var chain = await host.UploadAsync(Shapes.Chain(100, type, config));
            var dag = await host.UploadAsync(Shapes.Dag(type, config));
            var executions = bench.IsQuick ? 5 : many;
            await MeasureAsync(bench, host, $"cost-{name}-chain", 100, () => EngineCases.RunAsync(host, chain, 100));
            await MeasureAsync(
                bench, host, $"cost-{name}-many", executions * Shapes.DagLength,
                () => EngineCases.RunManyAsync(host, dag, executions));
        }
    }

    private static async Task MeasureAsync(Bench bench, EngineHost host, string name, int nodes, Func<Task<double>> runAsync)
    {
        for (var warm = 0; warm < (bench.IsQuick ? 1 : 5); warm++) await runAsync();
        await host.QueryAsync(connection => connection.ExecuteAsync("CHECKPOINT;"));

        // The first write to a page after a checkpoint logs the whole page: that is paid here, not in the measured runs.
        await runAsync();

        await host.QueryAsync(connection => connection.ExecuteAsync("SELECT pg_stat_statements_reset()"));
        var before = await Consumption.ReadAsync(host);
        for (var run = 0; run < bench.Repetitions; run++) await runAsync();
        var used = await Consumption.ReadAsync(host) - before;

        var all = (double)nodes * bench.Repetitions;
        bench.Add($"{name}-statements", used.Statements / all, "/node");
        bench.Add($"{name}-transactions", used.Transactions / all, "/node");
        bench.Add($"{name}-rows", used.Rows / all, "/node");
        bench.Add($"{name}-payload", used.PayloadBytes / all, "B/node");
        bench.Add($"{name}-wal", used.WalBytes / all, "B/node");
        bench.Add($"{name}-cpu", used.OwnCpu.TotalMilliseconds / all, "ms/node");
        bench.Add($"{name}-cpu-jobs", used.ChildrenCpu.TotalMilliseconds / all, "ms/node");
        bench.Add($"{name}-cpu-postgresql", used.ServerCpu.TotalMilliseconds / all, "ms/node");

        Console.Error.WriteLine($"{name}: the statements executed most often, per node");
        foreach (var (calls, query) in await host.QueryAsync(connection => connection.QueryAsync<(long, string)>(MostFrequent)))
            Console.Error.WriteLine($"{calls / all,8:N2}  {query}");
    }
}
