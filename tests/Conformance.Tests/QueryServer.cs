using System.Collections.Concurrent;

namespace Scheduler.Conformance.Tests;

/// <summary>Does work that outlives whoever asked for it.</summary>
internal sealed class QueryServer
{
    private readonly ConcurrentDictionary<string, Query> _queries = [];

    /// <returns>How it can be found again.</returns>
    public string Start(string key, bool isEndless)
    {
        var query = new Query(key);
        if (!isEndless) query.End.SetResult(true);
        var handle = $"query-{_queries.Count}-{Guid.NewGuid():N}";
        _queries[handle] = query;
        return handle;
    }

    public int CountStarts(string key) => _queries.Values.Count(query => query.Key == key);

    public bool IsRunning(string handle) => _queries.TryGetValue(handle, out var query) && !query.End.Task.IsCompleted;

    /// <returns>False when it was killed.</returns>
    public Task<bool> WaitAsync(string handle, CancellationToken cancellationToken) => _queries[handle].End.Task.WaitAsync(cancellationToken);

    /// <returns>False when it had ended before.</returns>
    public bool Kill(string handle) => _queries[handle].End.TrySetResult(false);

    private sealed record Query(string Key)
    {
        public TaskCompletionSource<bool> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
