using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>Decides whether one more execution of a workflow may run, and starts it.</summary>
/// <remarks>
/// Deciding and remembering happen in one turn, before anything is awaited, so submissions that arrive together see each other.
/// Before it refuses, it asks the journal whether what it remembers is still active: a lost message must not block a workflow.
/// </remarks>
[Reentrant]
internal sealed class WorkflowGrain(IJournal journal, IOptions<EngineOptions> options, TimeProvider clock) : Grain, IWorkflowGrain
{
    private readonly SortedSet<long> active = [];
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

    public async Task<SubmitResult> SubmitAsync(ExecutionRequest request, int version)
    {
        if (Refusal(request.Options) is not null)
            await RefreshAsync(CancellationToken.None);

        var id = await journal.NextExecutionIdAsync(CancellationToken.None);
        if (Refusal(request.Options) is { } refusal) return refusal;

        var beside = active.ToList();
        active.Add(id);
        try
        {
            var follows = request.Options.Concurrency == ConcurrencyOption.Pipeline && beside.Count > 0 ? beside[^1] : (long?)null;
            await GrainFactory.GetGrain<IWorkflowInstanceGrain>(id).StartAsync(OrderOf(request, version, follows));
            return new SubmitResult.Accepted(id, beside, follows is null ? null : request.Options.PipelineLevel);
        }
        catch
        {
            active.Remove(id);
            throw;
        }
    }

    public Task ExecutionEndedAsync(long executionId)
    {
        active.Remove(executionId);
        return Task.CompletedTask;
    }

    private SubmitResult? Refusal(ExecutionOptions wanted)
    {
        if (active.Count > options.Value.MaxConcurrentExecutions)
            return new SubmitResult.TooManyRunning(options.Value.MaxConcurrentExecutions);
        if (active.Count > 0 && wanted.Concurrency == ConcurrencyOption.Skip)
            return new SubmitResult.Busy([.. active]);
        return null;
    }

    /// <summary>Executions that are being started are not in the journal yet; ids only grow, so the newest known ones are kept.</summary>
    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var known = active.ToList();
        var stored = await journal.ListActiveAsync(projectId, workflowId, cancellationToken);
        foreach (var id in known.Except(stored))
            if (await journal.FindAsync(id, cancellationToken) is { } ended && ended.Status.IsTerminal())
                active.Remove(id);
        active.UnionWith(stored);
    }

    private ExecutionOrder OrderOf(ExecutionRequest request, int version, long? follows) => new()
    {
        ProjectId = request.ProjectId,
        WorkflowId = request.WorkflowId,
        Version = version,
        SubmittedBy = request.SubmittedBy,
        SubmittedAt = clock.GetUtcNow(),
        Initiator = request.Initiator,
        Options = request.Options,
        FollowsExecutionId = follows,
    };
}
