using Scheduler.Contracts.Nodes;

namespace Scheduler.Contracts.Plugins;

/// <summary>What one attempt may use.</summary>
public abstract class NodeContext
{
    public abstract AttemptId Attempt { get; }

    /// <summary>Name of the node within its workflow; the job id that clients of the Azkaban API know.</summary>
    public abstract string NodeName { get; }

    public abstract string NodeType { get; }

    /// <summary>
    /// All layers merged and every <c>${…}</c> replaced, except references to secrets: those stay as <c>${secret:name}</c> until
    /// <see cref="Reveal"/>. Keys compare ordinally.
    /// </summary>
    public abstract IReadOnlyDictionary<string, string> Properties { get; }

    public abstract NodeLog Log { get; }

    /// <summary>
    /// Environment variables that every child process must carry. They are how the engine finds all that an attempt has started
    /// and how a script can prove which attempt it is.
    /// </summary>
    public abstract IReadOnlyDictionary<string, string> Marker { get; }

    public abstract TimeProvider Clock { get; }

    /// <summary>
    /// The same for all attempts of this node in this execution, and for no other: a server that knows it can tell that it has done the
    /// work already.
    /// </summary>
    public string IdempotencyKey => $"{Attempt.ExecutionId}.{Attempt.Node}";

    /// <summary>
    /// The execution's own copy of the package, made on the first call on this silo. All nodes of the execution share it.
    /// </summary>
    public abstract ValueTask<string> GetPackageDirectoryAsync(CancellationToken cancellationToken);

    /// <summary>Where the node's relative paths start: the directory of its <c>.job</c> file, or the package root. Exists.</summary>
    public abstract ValueTask<string> GetDefaultDirectoryAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A data source that one of the settings names whose widget is <see cref="Widgets.DataSource"/>. That it exists and that the project
    /// may use it has been checked. Null for any other name.
    /// </summary>
    public abstract DataSource? FindDataSource(string name);

    /// <summary>
    /// The text with every <c>${secret:name}</c> replaced. For memory alone: what it gives belongs in no file and in no command line. The
    /// log masks it.
    /// </summary>
    public abstract string Reveal(string text);

    /// <summary>
    /// True once the attempt is stopped only because its silo is. What goes on elsewhere behind a saved handle may go on then: the next
    /// attempt takes it over. Of any other stop it must not survive the end of the call.
    /// </summary>
    public virtual bool IsHandedOver => false;

    /// <summary>Shows how far the attempt has come. May be called as often as it likes; some calls are passed on.</summary>
    public abstract void Report(NodeProgress progress);

    /// <summary>
    /// Stores how the work that goes on elsewhere can be found again; the next call gets it, also in a next attempt after this one was lost.
    /// Completes when it is stored.
    /// </summary>
    /// <param name="handle">At most 4,096 characters, not empty; null once nothing goes on elsewhere any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task SaveHandleAsync(string? handle, CancellationToken cancellationToken);
}
