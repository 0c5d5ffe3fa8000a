using System.Diagnostics;

namespace Scheduler.Benchmarks.Engine;

/// <summary>What the bodies of benchmark nodes note: how often each ran, and when. Safe for any number of threads.</summary>
internal sealed class Ledger
{
    /// <summary>A file that outlives the process, for whoever kills it; null when nobody asked for one.</summary>
    private static readonly string? StepLog = Environment.GetEnvironmentVariable("BENCH_STEP_LOG");

    private readonly Lock gate = new();
    private readonly Dictionary<(long Execution, int Node), int> runs = [];
    private readonly List<long> starts = [];
    private readonly Dictionary<long, long> startOf = [];

    public void Hit(long execution, int node)
    {
        var now = Stopwatch.GetTimestamp();
        lock (gate)
        {
            starts.Add(now);
            var key = (execution, node);
            runs[key] = runs.GetValueOrDefault(key) + 1;
            startOf.TryAdd(execution, now);
            if (StepLog is not null) File.AppendAllText(StepLog, $"{execution}/{node}\n");
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            starts.Clear();
            runs.Clear();
            startOf.Clear();
        }
    }

    /// <summary>When the first body of an execution began, as a stopwatch timestamp.</summary>
    public long StartOf(long execution)
    {
        lock (gate) return startOf[execution];
    }

    /// <summary>Nodes that ran, and those of them that ran more than once.</summary>
    public (int Executed, int Repeated) Count()
    {
        lock (gate) return (runs.Count, runs.Values.Count(count => count > 1));
    }

    /// <summary>Milliseconds from each start to the next.</summary>
    public double[] Gaps()
    {
        lock (gate)
        {
            var gaps = new double[Math.Max(0, starts.Count - 1)];
            for (var i = 0; i < gaps.Length; i++) gaps[i] = Stopwatch.GetElapsedTime(starts[i], starts[i + 1]).TotalMilliseconds;
            return gaps;
        }
    }

    /// <summary>When the first body began, as a stopwatch timestamp; null before that.</summary>
    public long? FirstStart
    {
        get
        {
            lock (gate) return starts.Count == 0 ? null : starts[0];
        }
    }
}
