using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Contracts;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes.Credentials;
using Scheduler.Silo.Nodes.Logging;
using Scheduler.Silo.Nodes.Logging.Masking;
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
    WorkflowCatalog catalog, AttemptProperties properties, CredentialLookup credentials, NodeTypes types, PackageDirectories directories,
    ILogStore logs, ProcessMarkers markers, AttemptCalls calls, IOptions<EngineOptions> options, TimeProvider clock, ILogger<AttemptRunner> log)
{
    /// <summary>Of what an attempt waits for: it is stored each time it goes to sleep.</summary>
    private const int MaxReasonLength = 500;

    private static readonly TimeSpan MinSleep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxSleep = TimeSpan.FromDays(1);
    private static readonly TimeSpan FirstKillDelay = TimeSpan.FromSeconds(1);

    /// <param name="attempt">What to run.</param>
    /// <param name="work">What its execution says about it.</param>
    /// <param name="gate">The file without which none of its processes may start; null when there is none.</param>
    /// <param name="freeSlot">Called as soon as nothing of the attempt runs any more; not called when nothing of it has run.</param>
    /// <param name="order">Whoever may stop the attempt.</param>
    /// <param name="stop">Ends the attempt, or its kill.</param>
    public async Task<AttemptResult> RunAsync(AttemptId attempt, NodeWork work, string? gate, Action freeSlot, AttemptStop order, CancellationToken stop)
    {
        try
        {
            var (workflow, refusal) = await catalog.GetAsync(work.Order.ProjectId, work.Order.Version, work.Order.WorkflowId, stop);
            if (workflow is null) return new AttemptResult.Failed("node.package-missing", refusal!, CanRetry: true);

            var node = workflow.Graph[attempt.Node];
            await using var attemptLog = new AttemptLog(await logs.OpenWriterAsync(attempt, work.IsFresh, stop), node.Name, clock);
            try
            {
                return await RunLoggedAsync(attempt, work, workflow, attemptLog, gate, order, stop);
            }
            finally
            {
                freeSlot();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Stopped(work);
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

    /// <summary>
    /// The end of an attempt, or of a kill, that was stopped before the plugin had its say. What an earlier call has left elsewhere goes on.
    /// </summary>
    public static AttemptResult Stopped(NodeWork work) => work.Handle is null
        ? new AttemptResult.Cancelled()
        : new AttemptResult.Interrupted("It was stopped before the plugin could end its work");

    private async Task<AttemptResult> RunLoggedAsync(
        AttemptId attempt, NodeWork work, RunnableWorkflow workflow, AttemptLog attemptLog, string? gate, AttemptStop order, CancellationToken stop)
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

        var lookup = await credentials.FindAsync(type, workflow.Project, resolved, stop);
        if (lookup is CredentialResult.Refused(var code, var message)) return await FailAsync(attemptLog, code, message);

        var usable = ((CredentialResult.Found)lookup).Credentials;
        if (usable.Mask is null) return await RunWithAsync(attemptLog);

        using var masked = new MaskedLog(attemptLog, usable.Mask);
        try
        {
            return await RunWithAsync(masked);
        }
        finally
        {
            await masked.EndAsync();
        }

        Task<AttemptResult> RunWithAsync(NodeLog log)
        {
            var context = new AttemptContext(
                attempt, definition, resolved, workflow.Version, log, usable, markers.For(attempt, gate), directories, calls, order, clock, stop);
            return work.IsKill
                ? KillAsync(plugin, context, work.Handle!, usable, stop)
                : CallAsync(plugin, context, work.Handle, usable, stop);
        }
    }

    private async Task<AttemptResult> CallAsync(
        INodePlugin plugin, AttemptContext context, string? handle, AttemptCredentials usable, CancellationToken stop)
    {
        try
        {
            var result = plugin is IReattachingPlugin reattaching && handle is not null
                ? await reattaching.ReattachAsync(context, handle, stop)
                : await plugin.RunAsync(context, stop);
            switch (result)
            {
                case NodeResult.Waiting(var reason, var checkAfter):
                    return new AttemptResult.Waiting(Shortened(usable.Hide(reason)), Bounded(checkAfter));
                case NodeResult.Succeeded(var outputs):
                    return new AttemptResult.Succeeded(usable.Hide(outputs));
                case NodeResult.Failed(var code, var message, var canRetry):
                    return await FailAsync(context.Log, code, usable.Hide(message), canRetry);
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
            var text = usable.Hide(exception.ToString());
            LogPluginBroken(context.NodeType, context.Attempt, text);
            return await FailAsync(context.Log, "plugin.broken", $"The plugin of node type {context.NodeType} broke: {text}", canRetry: true);
        }
    }

    /// <summary>
    /// Ends what goes on behind the handle. Nobody but this knows how, so it is tried several times; then the node ends with what is left.
    /// </summary>
    private async Task<AttemptResult> KillAsync(
        INodePlugin plugin, AttemptContext context, string handle, AttemptCredentials usable, CancellationToken stop)
    {
        if (plugin is not IReattachingPlugin reattaching) return new AttemptResult.Cancelled();

        await context.Log.WriteLineAsync(Contracts.Plugins.LogLevel.Info, "Ending the work that goes on elsewhere.", stop);
        var delay = FirstKillDelay;
        for (var left = options.Value.KillAttempts - 1; ; left--)
        {
            try
            {
                await reattaching.KillAsync(context, handle, stop);
                return new AttemptResult.Cancelled();
            }
            catch (Exception exception) when (!stop.IsCancellationRequested && exception is not StorageUnavailableException)
            {
                var text = usable.Hide(exception.ToString());
                LogKillFailed(context.NodeType, context.Attempt, text);
                await context.Log.WriteLineAsync(Contracts.Plugins.LogLevel.Error, $"It could not be ended: {text}", stop);
                if (left <= 0) return new AttemptResult.Failed("plugin.broken", usable.Hide(exception.Message), CanRetry: false);
            }

            await Task.Delay(delay, clock, stop);
            delay *= 2;
        }
    }

    private static TimeSpan Bounded(TimeSpan sleep) => sleep < MinSleep ? MinSleep : sleep > MaxSleep ? MaxSleep : sleep;

    private static string Shortened(string reason) => reason.Length > MaxReasonLength ? reason[..MaxReasonLength] : reason;

    /// <summary>Its package could not be had. Nobody's budget pays for that; its end is stored only once the store is back.</summary>
    private static AttemptResult.Interrupted NotBegun(StorageUnavailableException exception) => new(exception.Message);

    private static async Task<AttemptResult> FailAsync(NodeLog attemptLog, string code, string message, bool canRetry = false)
    {
        await attemptLog.WriteLineAsync(Contracts.Plugins.LogLevel.Error, message);
        return new AttemptResult.Failed(code, message, canRetry);
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "Attempt {Attempt} could not be run on this silo")]
    private partial void LogBroken(Exception exception, AttemptId attempt);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "The plugin of node type {NodeType} could not end the work of attempt {Attempt}: {Text}")]
    private partial void LogKillFailed(string nodeType, AttemptId attempt, string text);

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Error, "The plugin of node type {NodeType} broke in attempt {Attempt}: {Text}")]
    private partial void LogPluginBroken(string nodeType, AttemptId attempt, string text);
}
