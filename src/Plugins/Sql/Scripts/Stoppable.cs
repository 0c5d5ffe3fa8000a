namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>Waits for a statement, and has its server stop it when told so.</summary>
internal static class Stoppable
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the server has answered, with the rows or with its refusal, and never leaves the statement behind.</summary>
    /// <param name="run">Runs the statement. It may block its thread, as some drivers do.</param>
    /// <param name="askToStop">Gets how often the server was asked before. What it throws is passed over, since it is called again.</param>
    /// <param name="clock">Of the attempt.</param>
    /// <param name="stop">When the statement must end.</param>
    public static async Task<T> RunAsync<T>(Func<Task<T>> run, Func<int, Task> askToStop, TimeProvider clock, CancellationToken stop)
    {
        var running = Task.Run(run, CancellationToken.None);
        await ((Task)running).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        for (var times = 0; !running.IsCompleted; times++)
        {
            try
            {
                await askToStop(times);
            }
            catch (Exception)
            {
                // The server takes no further connection now, or the statement has just ended. Whatever it is: to give up would leave the
                // statement behind.
            }

            await ((Task)running).WaitAsync(AskAgain, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await running;
    }
}
