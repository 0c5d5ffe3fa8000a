using System.Collections.Concurrent;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Api.Tests.Ports;

/// <summary>Secrets under the rules of the real ones, and a journal of what was ordered.</summary>
public sealed class InMemorySecrets(Switch store) : ISecrets
{
    private readonly ConcurrentDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Each change as one line.</summary>
    public ConcurrentQueue<string> Orders { get; } = new();

    public Task<NamePage<SecretEntry>> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        store.Check();
        var all = values.Keys.Order(StringComparer.Ordinal).Where(name => string.CompareOrdinal(name, after) > 0).ToList();
        return Task.FromResult(new NamePage<SecretEntry>(
            [.. all.Take(limit).Select(name => new SecretEntry(name, [], "root", DateTimeOffset.UnixEpoch))],
            all.Count > limit ? all[limit - 1] : null));
    }

    public Task<ChangeResult> SetAsync(string name, string value, string actor, CancellationToken cancellationToken)
    {
        if (SecretRules.CheckName("secret", name, new SecretOptions()) is { } fault)
            return Task.FromResult<ChangeResult>(new ChangeResult.Invalid([fault]));

        values[name] = value;
        return DoneAsync($"{actor} sets {name}");
    }

    public Task<ChangeResult> DeleteAsync(string name, string actor, CancellationToken cancellationToken) =>
        values.TryRemove(name, out _)
            ? DoneAsync($"{actor} deletes {name}")
            : Task.FromResult<ChangeResult>(new ChangeResult.Unknown(new("secret.unknown", $"There is no secret '{name}'.")));

    public Task<ChangeResult> GrantAsync(string name, string project, string actor, CancellationToken cancellationToken) =>
        DoneAsync($"{actor} grants {name} to {project}");

    public Task<ChangeResult> RevokeAsync(string name, string project, string actor, CancellationToken cancellationToken) =>
        DoneAsync($"{actor} revokes {name} from {project}");

    private Task<ChangeResult> DoneAsync(string order)
    {
        store.Check();
        Orders.Enqueue(order);
        return Task.FromResult<ChangeResult>(new ChangeResult.Done());
    }
}
