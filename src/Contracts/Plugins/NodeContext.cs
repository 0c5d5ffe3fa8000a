using Scheduler.Contracts.Nodes;

namespace Scheduler.Contracts.Plugins;

/// <summary>What one attempt may use.</summary>
public abstract class NodeContext
{
    public abstract AttemptId Attempt { get; }

    /// <summary>Name of the node within its workflow; the job id that clients of the Azkaban API know.</summary>
    public abstract string NodeName { get; }

    public abstract string NodeType { get; }

    /// <summary>All layers merged and every <c>${…}</c> replaced. Keys compare ordinally.</summary>
    public abstract IReadOnlyDictionary<string, string> Properties { get; }

    public abstract NodeLog Log { get; }

    /// <summary>
    /// Environment variables that every child process must carry. They are how the engine finds all that an attempt has started
    /// and how a script can prove which attempt it is.
    /// </summary>
    public abstract IReadOnlyDictionary<string, string> Marker { get; }

    public abstract TimeProvider Clock { get; }

    /// <summary>
    /// The execution's own copy of the package, made on the first call on this silo. All nodes of the execution share it.
    /// </summary>
    public abstract ValueTask<string> GetPackageDirectoryAsync(CancellationToken cancellationToken);

    /// <summary>Where the node's relative paths start: the directory of its <c>.job</c> file, or the package root. Exists.</summary>
    public abstract ValueTask<string> GetDefaultDirectoryAsync(CancellationToken cancellationToken);
}
