using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>Ends every process that matches: SIGTERM, a time of grace, SIGKILL, until none is left.</summary>
public static class ProcessSweep
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Completes when no process matches any more. One that the kernel cannot end, as on a dead network drive, keeps it waiting.
    /// </summary>
    /// <returns>How many processes there were at the beginning.</returns>
    public static async Task<int> EndAsync(EnvironmentMatch match, TimeSpan grace, TimeProvider clock)
    {
        var found = ProcessTable.Signal(match, Signals.Terminate);
        await WaitAsync(() => ProcessTable.Find(match).Count == 0, grace, clock);
        await KillAsync(match, clock);
        return found;
    }

    /// <summary>
    /// SIGKILL until two looks in a row find nobody: at one look a process may be between two programs, where it has no
    /// environment, or a child may have been born behind the look.
    /// </summary>
    public static async Task KillAsync(EnvironmentMatch match, TimeProvider clock)
    {
        var pause = s_firstPause;
        for (var emptyLooks = 0; emptyLooks < 2;)
        {
            emptyLooks = ProcessTable.Signal(match, Signals.Kill) == 0 ? emptyLooks + 1 : 0;
            await Task.Delay(pause, clock);
            pause = emptyLooks > 0 ? s_firstPause : Longer(pause);
        }
    }

    /// <returns>False when the time was over first.</returns>
    internal static async Task<bool> WaitAsync(Func<bool> isDone, TimeSpan limit, TimeProvider clock)
    {
        var start = clock.GetTimestamp();
        for (var pause = s_firstPause; !isDone(); pause = Longer(pause))
        {
            if (clock.GetElapsedTime(start) >= limit) return false;

            await Task.Delay(pause, clock);
        }

        return true;
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
}
