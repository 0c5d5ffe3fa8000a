namespace Scheduler.Silo.Users;

/// <summary>Counts failures per key and says how long a key has to wait. Bounded; not thread-safe.</summary>
/// <param name="free">Failures without a wait.</param>
/// <param name="options">Delays and the bound.</param>
internal sealed class FailureLedger(int free, ThrottleOptions options)
{
    private readonly Dictionary<string, LinkedListNode<Entry>> byKey = new(StringComparer.Ordinal);

    // In the order of the last failure, oldest first: what is forgotten first when the bound is reached.
    private readonly LinkedList<Entry> byAge = new();

    public int Count => byKey.Count;

    /// <summary>Zero when the key need not wait.</summary>
    public TimeSpan WaitOf(string key, DateTimeOffset now)
    {
        if (!byKey.TryGetValue(key, out var node)) return TimeSpan.Zero;

        var wait = node.Value.LastAt + DelayAfter(Remaining(node.Value, now)) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    public void Fail(string key, DateTimeOffset now)
    {
        var failures = 1;
        if (byKey.TryGetValue(key, out var known))
        {
            failures += Remaining(known.Value, now);
            byAge.Remove(known);
        }
        else if (byKey.Count >= options.Remembered)
        {
            Forget(byAge.First!.Value.Key);
        }

        byKey[key] = byAge.AddLast(new Entry(key, failures, now));
    }

    public void Forget(string key)
    {
        if (byKey.Remove(key, out var node)) byAge.Remove(node);
    }

    private int Remaining(Entry entry, DateTimeOffset now)
    {
        var forgiven = Math.Max(0, (now - entry.LastAt) / options.ForgivenEvery);
        return (int)Math.Max(0, entry.Failures - Math.Floor(forgiven));
    }

    private TimeSpan DelayAfter(int failures)
    {
        if (failures <= free) return TimeSpan.Zero;

        // A float's exponent cannot overflow here, a TimeSpan's product could.
        var ticks = Math.ScaleB(options.FirstDelay.Ticks, failures - free - 1);
        return ticks < options.LongestDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : options.LongestDelay;
    }

    private sealed record Entry(string Key, int Failures, DateTimeOffset LastAt);
}
