using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance;

/// <summary>
/// The same for a plugin whose work goes on elsewhere, and what it promises besides. Its cases <see cref="PluginConformance.Success"/> and
/// <see cref="PluginConformance.LongRun"/> must save a handle.
/// </summary>
public abstract class ReattachingPluginConformance : PluginConformance
{
    protected abstract override ConformanceCase LongRun { get; }

    /// <summary>Whether the work behind a handle is going on.</summary>
    protected abstract ValueTask<bool> IsRunningAsync(string handle);

    /// <summary>How often work was started for <see cref="NodeContext.IdempotencyKey"/>.</summary>
    protected abstract ValueTask<int> CountStartsAsync(ConformanceContext context);

    [Fact]
    public async Task It_saves_a_handle_that_finds_its_work()
    {
        using var lost = new ConformanceContext(LongRun) { IsLostWithHandle = true };

        var handle = await Run.UntilLostAsync(Plugin, lost);

        Assert.True(handle is not null, "It saves no handle, so that nobody finds its work again.");
        Assert.True(await IsRunningAsync(handle!), $"Nothing runs behind the handle {handle}.");
        await Plugin.KillAsync(lost, handle!, CancellationToken.None);
    }

    [Fact]
    public async Task It_takes_over_with_its_handle_instead_of_starting_again()
    {
        using var lost = new ConformanceContext(Success) { IsLostWithHandle = true };
        if (await Run.UntilLostAsync(Plugin, lost) is not { } handle) return;

        using var context = lost.NextAttempt();

        var ending = await Run.ToItsEndAsync(Plugin, context, handle);

        AssertSucceeded(ending, context);
        var starts = await CountStartsAsync(context);
        Assert.True(starts == 1, $"The work was started {starts} times.");
    }

    [Fact]
    public async Task It_ends_the_work_when_it_is_cancelled()
    {
        using var context = new ConformanceContext(LongRun);

        if (await Run.UntilCancelledAsync(Plugin, context, handle: null) is Ending.Hung or null) return;

        foreach (var handle in context.Handles)
            Assert.False(await IsRunningAsync(handle), "The attempt has ended, and its work goes on.");
    }

    [Fact]
    public async Task It_can_be_cancelled_after_it_has_taken_over()
    {
        using var lost = new ConformanceContext(LongRun) { IsLostWithHandle = true };
        if (await Run.UntilLostAsync(Plugin, lost) is not { } handle) return;

        using var context = lost.NextAttempt();

        AssertStopped(await Run.UntilCancelledAsync(Plugin, context, handle), context);
        Assert.False(await IsRunningAsync(context.Handles.LastOrDefault() ?? handle), "The attempt has ended, and its work goes on.");
    }

    [Fact]
    public async Task Killing_ends_the_work_and_may_be_repeated()
    {
        using var lost = new ConformanceContext(LongRun) { IsLostWithHandle = true };
        if (await Run.UntilLostAsync(Plugin, lost) is not { } handle) return;

        using var context = lost.NextAttempt();

        foreach (var time in new[] { "once", "again" })
        {
            var ending = await Run.KillAsync(Plugin, context, handle);
            Assert.True(ending is Ending.Returned, $"KillAsync, called {time}: {ending}");
            Assert.False(await IsRunningAsync(handle), $"KillAsync, called {time}, returned before the work had ended.");
        }
    }

    private IReattachingPlugin Plugin => Assert.IsAssignableFrom<IReattachingPlugin>(CreatePlugin());
}
