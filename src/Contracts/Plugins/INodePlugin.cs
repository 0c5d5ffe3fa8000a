namespace Scheduler.Contracts.Plugins;

/// <summary>The code behind a box of the workflow. One object serves every attempt, so it keeps no state.</summary>
public interface INodePlugin
{
    /// <summary>Does the work of one attempt.</summary>
    /// <param name="context">Everything the attempt may use.</param>
    /// <param name="cancellationToken">
    /// Signalled when the attempt must stop. The method returns or throws <see cref="OperationCanceledException"/> only when nothing
    /// of the attempt runs any more.
    /// </param>
    /// <returns>An expected ending. An exception means that the plugin itself is broken; it fails the attempt.</returns>
    /// <remarks>May be called a second time for a node, as a new attempt, when the first is lost.</remarks>
    Task<NodeResult> RunAsync(NodeContext context, CancellationToken cancellationToken);
}

/// <summary>Names the node types a plugin runs, such as <c>command</c>. A plugin may have several.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NodeTypeAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
