using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Load;

namespace Scheduler.Silo.Torture.Run;

/// <summary>
/// One order of the plan while it is given: to one silo after the other until one answers, and then perhaps cancelled. Written by
/// one task; read by others at any time.
/// </summary>
internal sealed class OrderInHand(PlannedOrder plan, IReadOnlyList<Uri> silos, AzkabanCaller caller, TimeProvider clock)
{
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMilliseconds(500);

    /// <summary>Longer than any fault: an order that nobody takes for so long is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<string> refusals = [];
    private int unanswered;
    private long? execution;
    private CancelOrder cancel;

    public bool IsAcknowledged => execution is not null;

    public OrderRecord ToRecord() => new(plan.Ticket, plan.Workflow.Name, execution, unanswered, [.. refusals], cancel);

    /// <summary>Completes when there is nothing more to do about it.</summary>
    public async Task GiveAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(plan.At, clock, cancellationToken);
        await SubmitAsync(cancellationToken);
        if (execution is null || plan.CancelAfter is not { } after) return;

        await Task.Delay(after, clock, cancellationToken);
        await CancelAsync(execution.Value, cancellationToken);
    }

    private async Task SubmitAsync(CancellationToken cancellationToken)
    {
        await foreach (var silo in TriesAsync(cancellationToken))
            switch (await ExecuteAsync(silo, cancellationToken))
            {
                case CallResult.Answered { Error: { } refusal }:
                    refusals.Add(refusal);
                    return;
                case CallResult.Answered { Json: var json }:
                    execution = (long)json["execid"]!;
                    return;
                default:
                    unanswered++;
                    break;
            }
    }

    private async Task CancelAsync(long id, CancellationToken cancellationToken)
    {
        await foreach (var silo in TriesAsync(cancellationToken))
            switch (await caller.GetAsync(silo, "executor", cancellationToken, ("ajax", "cancelFlow"), ("execid", $"{id}")))
            {
                case CallResult.Answered { Error: null }:
                    cancel = CancelOrder.Acknowledged;
                    return;
                case CallResult.Answered { Error: var refusal }:
                    // It may have ended before, by an earlier try too; any other refusal is none of ours.
                    if (!refusal!.Contains("isn't running", StringComparison.Ordinal)) refusals.Add(refusal);
                    return;
                default:
                    cancel = CancelOrder.Unanswered;
                    break;
            }
    }

    private Task<CallResult> ExecuteAsync(Uri silo, CancellationToken cancellationToken) => caller.PostAsync(
        silo, "executor", cancellationToken,
        ("ajax", "executeFlow"), ("project", plan.Workflow.Project), ("flow", plan.Workflow.Name), ("concurrentOption", "concurrent"),
        ("disabled", LoadPackage.DisabledIn(plan.Workflow)));

    /// <summary>One silo after the other, with pauses, until patience ends.</summary>
    private async IAsyncEnumerable<Uri> TriesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        for (var tries = plan.Ticket; clock.GetElapsedTime(start) < Patience; tries++)
        {
            yield return silos[tries % silos.Count];
            await Task.Delay(PauseBetweenTries, clock, cancellationToken);
        }
    }
}
