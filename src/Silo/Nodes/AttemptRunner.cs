using Microsoft.Extensions.Logging;
using Scheduler.Contracts;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes.Logging;
using Scheduler.Silo.Nodes.Parameters;
using Scheduler.Silo.Nodes.Processes;
using Scheduler.Silo.Storage.Logs;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Runs one claimed attempt from its properties to its result: opens the log, resolves the properties, calls the plugin. Whatever
/// happens becomes a result, and the log is stored before the result is known to anybody.
/// </summary>
/// <remarks>Storing the log takes no slot: by then nothing of the attempt runs any more.</remarks>
internal sealed partial class AttemptRunner(
    WorkflowCatalog catalog, AttemptProperties properties, NodeTypes types, PackageDirectories directories, ILogStore logs,
    ProcessMarkers markers, TimeProvider clock, ILogger<AttemptRunner> log)
{
    /// <param name="attempt">What to run.</param>
    /// <param name="work">What its execution says about it.</param>
    /// <param name="freeSlot">Called as soon as nothing of the attempt runs any more; not called when nothing of it has run.</param>
    /// <param name="stop">Ends the attempt.</param>
    public async Task<AttemptResult> RunAsync(AttemptId attempt, NodeWork work, Action freeSlot, CancellationToken stop)
    {
        try
        {
            var (workflow, refusal) = await catalog.GetAsync(work.Order.ProjectId, work.Order.Version, work.Order.WorkflowId, stop);
            if (workflow is null) return new AttemptResult.Failed("node.package-missing", refusal!, CanRetry: true);

            var node = workflow.Graph[attempt.Node];
            await using var attemptLog = new AttemptLog(await logs.OpenWriterAsync(attempt, work.IsFresh, stop), node.Name, clock);
            try
            {
                return await RunLoggedAsync(attempt, work, workflow, attemptLog, stop);
            }
            finally
            {
                freeSlot();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new AttemptResult.Cancelled();
        }
        catch (StorageUnavailableException exception)
        {
            return NotBegun(exception);
        }
        catch (Exception exception)
        {
            // Not the author's doing: the platform's own retries pay for it.
            LogBroken(exception, attempt);
            return new AttemptResult.Lost(exception.Message);
        }
    }

    private async Task<AttemptResult> RunLoggedAsync(
        AttemptId attempt, NodeWork work, RunnableWorkflow workflow, AttemptLog attemptLog, CancellationToken stop)
    {
        var definition = workflow.Graph[attempt.Node].Definition;
        if (types.Find(definition.Type) is not { Plugin: { } plugin } type)
            return await FailAsync(
                attemptLog, "node.unknown-type",
                $"Job type [{definition.Type}] is unrecognized. Could not construct job [{definition.Name}] of type [{definition.Type}].");

        var resolution = properties.Resolve(attempt, work, workflow);
        if (resolution is PropertyResolution.Failed failed)
            return await FailAsync(attemptLog, failed.Faults[0].Code, string.Join('\n', failed.Faults));

        var resolved = ((PropertyResolution.Resolved)resolution).Properties;
        if (type.Settings?.FindFaults(resolved) is { Count: > 0 } faults)
            return await FailAsync(attemptLog, "settings.invalid", string.Join('\n', faults));

        var context = new AttemptContext(attempt, definition, resolved, workflow.Version, attemptLog, markers.For(attempt), directories, clock);
        return await CallAsync(plugin, context, attemptLog, stop);
    }

    private async Task<AttemptResult> CallAsync(INodePlugin plugin, AttemptContext context, AttemptLog attemptLog, CancellationToken stop)
    {
        try
        {
            switch (await plugin.RunAsync(context, stop))
            {
                case NodeResult.Succeeded(var outputs):
                    return new AttemptResult.Succeeded(outputs);
                case NodeResult.Failed(var code, var message, var canRetry):
                    return await FailAsync(attemptLog, code, message, canRetry);
                default:
                    throw new InvalidOperationException("A plugin has no other result");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new AttemptResult.Cancelled();
        }
        catch (StorageUnavailableException exception)
        {
            return NotBegun(exception);
        }
        catch (Exception exception)
        {
            LogPluginBroken(exception, context.NodeType, context.Attempt);
            return await FailAsync(attemptLog, "plugin.broken", $"The plugin of node type {context.NodeType} broke: {exception}", canRetry: true);
        }
    }

    /// <summary>Its package could not be had. Nobody's budget pays for that; its end is stored only once the store is back.</summary>
    private static AttemptResult.Interrupted NotBegun(StorageUnavailableException exception) => new(exception.Message);

    private static async Task<AttemptResult> FailAsync(AttemptLog attemptLog, string code, string message, bool canRetry = false)
    {
        await attemptLog.WriteLineAsync(Contracts.Plugins.LogLevel.Error, message);
        return new AttemptResult.Failed(code, message, canRetry);
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "Attempt {Attempt} could not be run on this silo")]
    private partial void LogBroken(Exception exception, AttemptId attempt);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "The plugin of node type {NodeType} broke in attempt {Attempt}")]
    private partial void LogPluginBroken(Exception exception, string nodeType, AttemptId attempt);
}
