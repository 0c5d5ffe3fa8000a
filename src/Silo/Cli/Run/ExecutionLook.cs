using System.Runtime.CompilerServices;
using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Cli.Run;

/// <summary>Looks at an execution until it has ended, and cancels it when the user interrupts.</summary>
internal sealed class ExecutionLook(IExecutions executions, TimeProvider clock)
{
    /// <summary>An execution of one quick node is over before a person could see a screen of it.</summary>
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(150);

    /// <summary>Every look, the last one at the ended execution. There is at least one.</summary>
    /// <param name="executionId">An existing execution.</param>
    /// <param name="user">Who cancels it.</param>
    /// <param name="interruption">Cancels the execution; the looks go on until it has ended.</param>
    public async IAsyncEnumerable<ExecutionView> FollowAsync(
        long executionId, string user, [EnumeratorCancellation] CancellationToken interruption)
    {
        var isCancelled = false;
        for (var delay = FirstDelay; ; delay = Longer(delay))
        {
            var view = await executions.GetAsync(executionId, CancellationToken.None)
                ?? throw new InvalidOperationException($"Execution {executionId} is gone.");
            yield return view;
            if (view.Summary.Status.IsTerminal()) yield break;

            if (interruption.IsCancellationRequested && !isCancelled)
            {
                isCancelled = true;
                await executions.CancelAsync(executionId, user, CancellationToken.None);
            }

            await WaitAsync(executionId, delay, isCancelled ? CancellationToken.None : interruption);
        }
    }

    /// <summary>Until the next look is due, the execution has ended or the user interrupts.</summary>
    private async Task WaitAsync(long executionId, TimeSpan delay, CancellationToken interruption)
    {
        using var timer = new CancellationTokenSource(delay, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, interruption);
        await ((Task)executions.WaitForEndAsync(executionId, either.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TimeSpan Longer(TimeSpan delay) => delay * 1.5 < LongestDelay ? delay * 1.5 : LongestDelay;
}
