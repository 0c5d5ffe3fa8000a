using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>Decides whether one more execution of a workflow may run beside those that are active.</summary>
/// <remarks>
/// Deciding and remembering happen in one turn, before anything is awaited, so submissions that arrive together see each other.
/// Before it refuses, it asks the journal whether what it remembers is still active: a lost message must not block a workflow.
/// </remarks>
[Reentrant]
internal sealed class WorkflowGrain(IJournal journal, IOptions<EngineOptions> options, TimeProvider clock) : Grain, IWorkflowGrain
{
    /// <summary>Longer than any start takes that is acknowledged.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);

    /// <summary>Executions that count, with the moment from which this activation knows them.</summary>
    private readonly SortedDictionary<long, long> active = [];
    private int projectId;
    private string workflowId = "";

    public static string KeyOf(int projectId, string workflowId) => $"{projectId}/{workflowId}";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        projectId = int.Parse(key.AsSpan(0, slash), CultureInfo.InvariantCulture);
        workflowId = key[(slash + 1)..];
        await RefreshAsync(cancellationToken);
    }

    public async Task<Admission> AdmitAsync(ConcurrencyOption concurrency)
    {
        if (Refusal(concurrency) is not null) await RefreshAsync(CancellationToken.None);

        var id = await journal.NextExecutionIdAsync(CancellationToken.None);
        if (Refusal(concurrency) is { } refusal) return new Admission.Refused(refusal);

        var beside = active.Keys.ToList();
        active.Add(id, clock.GetTimestamp());

        // Making a grain takes as long as whoever submits needs to look up the version.
        GrainFactory.GetGrain<IWorkflowInstanceGrain>(id).PrepareAsync().Ignore();
        return new Admission.Granted(id, beside);
    }

    public Task ExecutionEndedAsync(long executionId)
    {
        active.Remove(executionId);
        return Task.CompletedTask;
    }

    private SubmitResult? Refusal(ConcurrencyOption wanted)
    {
        if (active.Count > options.Value.MaxConcurrentExecutions)
            return new SubmitResult.TooManyRunning(options.Value.MaxConcurrentExecutions);
        if (active.Count > 0 && wanted == ConcurrencyOption.Skip)
            return new SubmitResult.Busy([.. active.Keys]);
        return null;
    }

    /// <summary>Drops what has ended, and what was let in but never stored: whoever submitted it is gone.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var known = active.ToList();
        var stored = await journal.ListActiveAsync(projectId, workflowId, cancellationToken);
        foreach (var (id, admittedAt) in known.Where(pair => !stored.Contains(pair.Key)))
        {
            var found = await journal.FindAsync(id, cancellationToken);
            if (found is null ? clock.GetElapsedTime(admittedAt) > StartPatience : found.Status.IsTerminal()) active.Remove(id);
        }

        foreach (var id in stored) active.TryAdd(id, clock.GetTimestamp());
    }
}
