using Scheduler.Contracts.Plugins;

namespace Scheduler.Api.Tests.Ports;

/// <summary>Two silos, one of them silent.</summary>
public sealed class InMemoryPlugins : IPlugins
{
    public int Reloads { get; private set; }

    public Task<IReadOnlyList<SiloPlugins>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SiloPlugins>>(
    [
        new("one", [new PluginStatus { Name = "samples", Version = "1.0", Isolation = PluginIsolation.Process, Folder = "/plugins/samples", NodeTypes = ["load"] }]),
        new("two", [], "It is gone"),
    ]);

    public Task<IReadOnlyList<SiloPlugins>> ReloadAsync(CancellationToken cancellationToken)
    {
        Reloads++;
        return ListAsync(cancellationToken);
    }
}
