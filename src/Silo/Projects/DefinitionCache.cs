using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Definitions;

namespace Scheduler.Silo.Projects;

/// <summary>
/// Definitions in use. Versions are immutable, so nothing here grows stale; what is used least goes when the bound is reached.
/// </summary>
internal sealed class DefinitionCache(IOptions<ProjectOptions> options) : IDisposable
{
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = options.Value.DefinitionCacheBytes });
    private readonly Dictionary<Key, Task<Loaded>> loading = [];
    private readonly Lock gate = new();

    /// <summary>The definition, loaded at most once however many ask for it at the same moment. A failed load is not remembered.</summary>
    /// <param name="key">The version.</param>
    /// <param name="load">Reads and parses it. Runs for all who wait, so it takes nobody's cancellation.</param>
    /// <param name="cancellationToken">Ends this caller's wait, not the load.</param>
    public async ValueTask<PackageDefinition> GetAsync(Key key, Func<Task<Loaded>> load, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue<PackageDefinition>(key, out var known)) return known!;

        Task<Loaded> task;
        lock (gate)
        {
            // A load enters the cache before it leaves the list, so whoever finds it in neither is the first.
            if (!loading.TryGetValue(key, out task!))
            {
                if (cache.TryGetValue(key, out known)) return known!;
                loading.Add(key, task = Task.Run(() => LoadAsync(key, load), CancellationToken.None));
            }
        }

        return (await task.WaitAsync(cancellationToken)).Definition;
    }

    public void Dispose() => cache.Dispose();

    private async Task<Loaded> LoadAsync(Key key, Func<Task<Loaded>> load)
    {
        try
        {
            var loaded = await load();
            cache.Set(key, loaded.Definition, new MemoryCacheEntryOptions { Size = loaded.Bytes });
            return loaded;
        }
        finally
        {
            lock (gate) loading.Remove(key);
        }
    }

    /// <summary>One version of one project.</summary>
    internal readonly record struct Key(int ProjectId, int Number);

    /// <summary>A definition and the bytes of its stored form.</summary>
    internal sealed record Loaded(PackageDefinition Definition, long Bytes);
}
