namespace Scheduler.Contracts.Plugins;

/// <summary>The code behind a box of the workflow. One object serves every attempt, so it keeps no state.</summary>
/// <remarks>Most plugins derive from <see cref="NodePlugin{TSettings}"/>, which reads the settings for them.</remarks>
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

/// <summary>
/// A plugin whose work goes on elsewhere, such as a query on a server, and can be found again by a handle. It saves the handle with
/// <see cref="NodeContext.SaveHandleAsync"/> as soon as it has one.
/// </summary>
public interface IReattachingPlugin : INodePlugin
{
    /// <summary>
    /// Takes over the work behind a handle: after its silo was lost or stopped, or when a <see cref="NodeResult.Waiting"/> is due.
    /// Called instead of <see cref="INodePlugin.RunAsync"/>, under the same rules.
    /// </summary>
    /// <param name="context">Everything the attempt may use.</param>
    /// <param name="handle">What was saved last.</param>
    /// <param name="cancellationToken">Signalled when the attempt must stop.</param>
    Task<NodeResult> ReattachAsync(NodeContext context, string handle, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the work behind a handle when no attempt is there to be cancelled: the node was waiting between two checks. Returns when the
    /// work has ended; may be called again for work that has ended already.
    /// </summary>
    /// <param name="context">Everything an attempt may use.</param>
    /// <param name="handle">What was saved last.</param>
    /// <param name="cancellationToken">Signalled when the silo stops; another one calls again.</param>
    Task KillAsync(NodeContext context, string handle, CancellationToken cancellationToken);
}
