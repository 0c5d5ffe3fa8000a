using System.Runtime.CompilerServices;

namespace Scheduler.Testing;

/// <summary>Waits for what another process or thread will do, with a deadline instead of a sleep.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns once the condition holds.</summary>
    /// <exception cref="TimeoutException">
    /// It did not hold within the time (30 seconds unless given); the message names the condition.
    /// </exception>
    public static Task TrueAsync(
        Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(() => Task.FromResult(condition()), within, what);

    /// <inheritdoc cref="TrueAsync(Func{bool}, TimeSpan?, string)"/>
    public static async Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var patience = within ?? TimeSpan.FromSeconds(30);

        while (!await condition())
        {
            if (clock.GetElapsedTime(start) > patience) throw new TimeoutException($"Within {patience} this did not come true: {what}");
            await Task.Delay(Interval, clock);
        }
    }
}
