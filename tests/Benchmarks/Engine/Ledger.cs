using System.Diagnostics;

namespace Scheduler.Benchmarks.Engine;

/// <summary>What the bodies of benchmark nodes note: how often each ran, and when. Safe for any number of threads.</summary>
/// <param name="path">A file that gets a line for each body that runs, so that the count outlives the process; null for none.</param>
internal sealed class Ledger(string? path = null) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<(long Execution, int Node), int> runs = [];
    private readonly Dictionary<long, long> firstStarts = [];
    private readonly List<long> starts = [];

    // Not buffered: a line is in the operating system's hands before the body ends.
    private readonly FileStream? file = path is null
        ? null
        : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Hit(long execution, int node)
    {
        var now = Stopwatch.GetTimestamp();
        lock (gate)
        {
            starts.Add(now);
            firstStarts.TryAdd(execution, now);
            var key = (execution, node);
            runs[key] = runs.GetValueOrDefault(key) + 1;
            file?.Write(System.Text.Encoding.ASCII.GetBytes($"{execution}/{node}\n"));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            starts.Clear();
            firstStarts.Clear();
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

    /// <summary>When the first body of an execution that has ended began, as a stopwatch timestamp.</summary>
    public long FirstStartOf(long execution)
    {
        lock (gate) return firstStarts[execution];
    }

    public void Dispose() => file?.Dispose();
}
