using System.Collections.Concurrent;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Tests.Ports;

/// <summary>Sessions that live until they are closed.</summary>
public sealed class InMemorySessions(Switch store) : ISessions
{
    private readonly ConcurrentDictionary<string, User> open = new(StringComparer.Ordinal);
    private int opened;

    public int Count => open.Count;

    public Task<string> OpenAsync(User user, string remoteAddress, CancellationToken cancellationToken)
    {
        store.Check();
        var id = $"session-{Interlocked.Increment(ref opened)}";
        open[id] = user;
        return Task.FromResult(id);
    }

    public Task<User?> FindAsync(string sessionId, CancellationToken cancellationToken)
    {
        store.Check();
        return Task.FromResult(open.GetValueOrDefault(sessionId));
    }

    public Task CloseAsync(string sessionId, CancellationToken cancellationToken)
    {
        open.TryRemove(sessionId, out _);
        return Task.CompletedTask;
    }
}
