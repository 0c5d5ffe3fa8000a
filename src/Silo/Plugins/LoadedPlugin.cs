using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Plugins.Isolation;

namespace Scheduler.Silo.Plugins;

/// <summary>A plugin of this process: ready to run, or faulty.</summary>
internal sealed class LoadedPlugin
{
    private readonly string? copy;
    private readonly PluginHost? host;
    private readonly WeakReference? loaded;
    private PluginLoadContext? context;

    private LoadedPlugin(
        PluginStatus status, string fingerprint, IReadOnlyList<NodeType> types, string? copy, PluginLoadContext? context, PluginHost? host)
    {
        (Status, Fingerprint, Types, this.copy, this.context, this.host) = (status, fingerprint, types, copy, context, host);
        loaded = context is null ? null : new WeakReference(context);
    }

    public PluginStatus Status { get; private set; }

    /// <summary>Of its files when it was loaded.</summary>
    public string Fingerprint { get; }

    /// <summary>Empty when it is faulty.</summary>
    public IReadOnlyList<NodeType> Types { get; private set; }

    /// <param name="status">Its fault is null.</param>
    /// <param name="fingerprint">Of its files.</param>
    /// <param name="types">At least one.</param>
    /// <param name="copy">The folder it runs from.</param>
    /// <param name="context">What is loaded into this process.</param>
    /// <param name="host">What starts its processes; one of the two is there.</param>
    public static LoadedPlugin Ready(
        PluginStatus status, string fingerprint, IReadOnlyList<NodeType> types, string copy, PluginLoadContext? context, PluginHost? host) =>
        new(status with { NodeTypes = [.. types.Select(type => type.Description.Id).Order(StringComparer.Ordinal)] }, fingerprint, types, copy, context, host);

    public static LoadedPlugin Faulty(PluginStatus status, string fault) => new(status with { Fault = fault }, "", [], null, null, null);

    /// <summary>It begins nothing any more. What it runs goes on, and its memory is free after that.</summary>
    /// <param name="fault">Why; null when nobody needs to know.</param>
    public void Retire(string? fault = null)
    {
        Status = Status with { Fault = fault, NodeTypes = [] };
        Types = [];
        context?.Unload();
        context = null;
    }

    /// <summary>Deletes the copy of a retired one, unless something still runs from it.</summary>
    /// <returns>True when nothing is left to delete.</returns>
    public bool TryRemove()
    {
        if (loaded?.IsAlive == true || host?.Running > 0) return false;

        if (copy is not null) PluginCopies.Remove(copy);
        return true;
    }
}
