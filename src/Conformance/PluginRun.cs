using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance;

/// <summary>Calls a plugin as the engine does. A handle of an earlier call, where there is one, finds its work again.</summary>
/// <param name="endLimit">For a run that ends by itself.</param>
/// <param name="stopLimit">For a single call, and for a run that is cancelled.</param>
internal sealed class PluginRun(TimeSpan endLimit, TimeSpan stopLimit)
{
    /// <summary>Between two calls of one that waits, whatever it asks for.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>One that shows no life is taken to be at work after this.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>As many calls as it takes.</summary>
    public async Task<Ending?> ToItsEndAsync(INodePlugin plugin, ConformanceContext context, string? handle)
    {
        using var giveUp = new CancellationTokenSource();
        var ending = await WithinAsync(endLimit, CallUntilEndedAsync(plugin, context, handle, giveUp.Token));
        await giveUp.CancelAsync();
        return ending;
    }

    /// <summary>One call, which may end in waiting.</summary>
    public async Task<Ending?> OnceAsync(INodePlugin plugin, ConformanceContext context, string? handle)
    {
        using var giveUp = new CancellationTokenSource();
        var ending = await WithinAsync(stopLimit, CallAsync(plugin, context, handle, giveUp.Token));
        await giveUp.CancelAsync();
        return ending;
    }

    /// <summary>Cancels it once it is at work.</summary>
    /// <returns>Null when it ended before that.</returns>
    public async Task<Ending?> UntilCancelledAsync(INodePlugin plugin, ConformanceContext context, string? handle)
    {
        using var cancel = new CancellationTokenSource();
        var run = CallUntilEndedAsync(plugin, context, handle, cancel.Token);
        await AtWorkAsync(run, context);
        if (run.IsCompleted) return null;

        // What the plugin has registered with the token may block, so the limit is for the call too.
        var stop = Task.Run(cancel.Cancel);
        return await WithinAsync(stopLimit, EndAsync());

        async Task<NodeResult> EndAsync()
        {
            await stop;
            return await run;
        }
    }

    /// <summary>Ends when the run shows life, has ended, or has had time enough to begin.</summary>
    public static async Task AtWorkAsync(Task run, ConformanceContext context)
    {
        var began = context.Clock.GetTimestamp();
        while (!run.IsCompleted && !context.ShowsLife && context.Clock.GetElapsedTime(began) < s_patience) await Task.Delay(s_pause, context.Clock);
    }

    /// <summary>Starts it and loses it at the moment at which its handle is stored.</summary>
    /// <returns>The handle; null when it saved none.</returns>
    public async Task<string?> UntilLostAsync(INodePlugin plugin, ConformanceContext context)
    {
        var run = CallAsync(plugin, context, handle: null, CancellationToken.None);
        await Task.WhenAny(run, context.IsLost, Task.Delay(endLimit, context.Clock));
        return context.IsLost.IsCompleted ? context.Handles[^1] : null;
    }

    /// <summary>Kills the work behind a handle.</summary>
    public async Task<Ending> KillAsync(IReattachingPlugin plugin, ConformanceContext context, string handle)
    {
        return await WithinAsync(stopLimit, Task.Run(EndAsync));

        async Task<NodeResult> EndAsync()
        {
            await plugin.KillAsync(context, handle, CancellationToken.None);
            return NodeResult.Succeeded.WithoutOutputs;
        }
    }

    private static async Task<NodeResult> CallUntilEndedAsync(
        INodePlugin plugin, ConformanceContext context, string? handle, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await CallAsync(plugin, context, handle, cancellationToken);
            if (result is not NodeResult.Waiting) return result;

            handle = context.Handles.LastOrDefault() ?? handle;
            await Task.Delay(s_pause, context.Clock, cancellationToken);
        }
    }

    /// <summary>On a thread of its own: a plugin that blocks holds up its own attempt alone, as in a silo.</summary>
    private static Task<NodeResult> CallAsync(INodePlugin plugin, ConformanceContext context, string? handle, CancellationToken cancellationToken) =>
        Task.Run(
            () => handle is not null && plugin is IReattachingPlugin reattaching
                ? reattaching.ReattachAsync(context, handle, cancellationToken)
                : plugin.RunAsync(context, cancellationToken),
            CancellationToken.None);

    private static async Task<Ending> WithinAsync(TimeSpan limit, Task<NodeResult> run)
    {
        using var isOver = new CancellationTokenSource();
        try
        {
            var first = await Task.WhenAny(run, Task.Delay(limit, isOver.Token));
            await isOver.CancelAsync();
            return first == run ? new Ending.Returned(await run) : new Ending.Hung();
        }
        catch (Exception exception)
        {
            return new Ending.Threw(exception);
        }
    }
}
