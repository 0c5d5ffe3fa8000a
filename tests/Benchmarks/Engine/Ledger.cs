using System.Diagnostics;

namespace Scheduler.Benchmarks.Engine;

/// <summary>What the bodies of benchmark nodes note: how often each ran, and when. Safe for any number of threads.</summary>
internal sealed class Ledger
{
    private readonly Lock gate = new();
    private readonly Dictionary<(long Execution, int Node), int> runs = [];
    private readonly List<long> starts = [];

    public void Hit(long execution, int node)
    {
        var now = Stopwatch.GetTimestamp();
        lock (gate)
        {
            starts.Add(now);
            var key = (execution, node);
            runs[key] = runs.GetValueOrDefault(key) + 1;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            starts.Clear();
            runs.Clear();
        }
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
