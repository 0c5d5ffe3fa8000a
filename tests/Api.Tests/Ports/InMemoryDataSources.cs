using System.Collections.Concurrent;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Api.Tests.Ports;

/// <summary>Data sources under the rules of the real ones.</summary>
public sealed class InMemoryDataSources(Switch store) : IDataSources
{
    private readonly ConcurrentDictionary<string, DataSourceEntry> entries = new(StringComparer.Ordinal);

    public Task<NamePage<DataSourceEntry>> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        store.Check();
        var all = entries.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal).Where(entry => string.CompareOrdinal(entry.Name, after) > 0).ToList();
        return Task.FromResult(new NamePage<DataSourceEntry>([.. all.Take(limit)], all.Count > limit ? all[limit - 1].Name : null));
    }

    public Task<DataSourceEntry?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(entries.GetValueOrDefault(name));

    public Task<ChangeResult> CreateAsync(
        string name, string kind, IReadOnlyDictionary<string, string> options, string? password, string actor, CancellationToken cancellationToken)
    {
        if (DataSourceRules.Check(kind, options, new SecretOptions()) is { Count: > 0 } faults)
            return Task.FromResult<ChangeResult>(new ChangeResult.Invalid(faults));

        return Task.FromResult<ChangeResult>(entries.TryAdd(name, new(name, kind, options, password is not null, [], actor, DateTimeOffset.UnixEpoch))
            ? new ChangeResult.Done()
            : new ChangeResult.Taken(new("datasource.exists", $"There is a data source '{name}' already.")));
    }

    public Task<ChangeResult> ChangeAsync(string name, IReadOnlyDictionary<string, string> options, string actor, CancellationToken cancellationToken) =>
        Change(name, entry => entry with { Options = options, ModifiedBy = actor });

    public Task<ChangeResult> SetPasswordAsync(string name, string? password, string actor, CancellationToken cancellationToken) =>
        Change(name, entry => entry with { HasPassword = password is not null, ModifiedBy = actor });

    public Task<ChangeResult> DeleteAsync(string name, string actor, CancellationToken cancellationToken) =>
        Task.FromResult<ChangeResult>(entries.TryRemove(name, out _) ? new ChangeResult.Done() : Unknown(name));

    public Task<ChangeResult> GrantAsync(string name, string project, string actor, CancellationToken cancellationToken) =>
        Change(name, entry => entry with { Projects = [.. entry.Projects, project] });

    public Task<ChangeResult> RevokeAsync(string name, string project, string actor, CancellationToken cancellationToken) =>
        Change(name, entry => entry with { Projects = [.. entry.Projects.Where(other => other != project)] });

    public Task<DataSourceTest> TestAsync(string name, CancellationToken cancellationToken) => Task.FromResult<DataSourceTest>(
        !entries.TryGetValue(name, out var entry) ? new DataSourceTest.Unknown(Unknown(name).Fault)
        : entry.HasPassword ? new DataSourceTest.Opened()
        : new DataSourceTest.Failed("Access denied."));

    private Task<ChangeResult> Change(string name, Func<DataSourceEntry, DataSourceEntry> change)
    {
        if (!entries.TryGetValue(name, out var entry)) return Task.FromResult<ChangeResult>(Unknown(name));

        entries[name] = change(entry);
        return Task.FromResult<ChangeResult>(new ChangeResult.Done());
    }

    private static ChangeResult.Unknown Unknown(string name) => new(new("datasource.unknown", $"There is no data source '{name}'."));
}
