using Microsoft.Extensions.Options;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Packages;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Turns a request into a running execution, or into the reason why there is none: what it asks for must exist and be possible, and
/// the gate of its workflow must let one more execution in. Neither needs the other's answer, so both are asked at the same time.
/// </summary>
internal sealed class Submissions(
    IGrainFactory grains, ExecutionCalls calls, IProjects projects, WorkflowCatalog catalog, OrderSettings settings,
    QuotaLimits limits, IOptions<EngineOptions> options, TimeProvider clock)
{
    public async Task<SubmitResult> SubmitAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        var gate = grains.GetGrain<IWorkflowGrain>(WorkflowGrain.KeyOf(request.ProjectId, request.WorkflowId));
        var admitting = calls.AskAsync(() => gate.AdmitAsync(request.Options.Concurrency));
        try
        {
            var (version, refusal) = await FindVersionAsync(request, cancellationToken);
            var admission = await admitting;
            if (refusal is null && admission is Admission.Granted granted) return await StartAsync(request, version, granted);

            GiveBackAsync(gate, admitting).Ignore();
            return refusal ?? ((Admission.Refused)admission).Why;
        }
        catch
        {
            GiveBackAsync(gate, admitting).Ignore();
            throw;
        }
    }

    private async Task<SubmitResult> StartAsync(ExecutionRequest request, int version, Admission.Granted granted)
    {
        var follows = request.Options.Concurrency == ConcurrencyOption.Pipeline && granted.Beside.Count > 0 ? granted.Beside[^1] : (long?)null;
        var order = new ExecutionOrder
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
        await calls.AskAsync(async () =>
        {
            await grains.GetGrain<IWorkflowInstanceGrain>(granted.ExecutionId).StartAsync(order);
            return true;
        });
        return new SubmitResult.Accepted(granted.ExecutionId, granted.Beside, follows is null ? null : request.Options.PipelineLevel);
    }

    /// <summary>The number of the version that is to run, or why nothing can.</summary>
    private async Task<(int Version, SubmitResult? Refusal)> FindVersionAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        if (await projects.FindVersionAsync(request.ProjectId, request.Version, cancellationToken) is not { } version)
            return (0, new SubmitResult.UnknownWorkflow("Nothing has been uploaded to the project yet, or not this version"));

        var definition = await projects.GetDefinitionAsync(version, cancellationToken);
        if (definition.Find(request.WorkflowId) is null)
            return (0, new SubmitResult.UnknownWorkflow($"Version {version.Number} has no workflow {request.WorkflowId}"));

        var (workflow, refusal) = await catalog.GetAsync(request.ProjectId, version.Number, request.WorkflowId, cancellationToken);
        refusal ??= ExecutionSettings.FaultOf(request.Options) ?? settings.FindFault(workflow!, request.Options)
            ?? await FindImpossibleDemandAsync(workflow!, request.Options, cancellationToken);
        return (version.Number, refusal is null ? null : new SubmitResult.Invalid(refusal));
    }

    /// <summary>Why the nodes can never be dispatched; null when they can.</summary>
    private async Task<string?> FindImpossibleDemandAsync(
        RunnableWorkflow workflow, ExecutionOptions wanted, CancellationToken cancellationToken)
    {
        var demands = new ExecutionDemands(workflow, wanted, options.Value.IgnoresDemands).All();
        if (demands.FirstOrDefault(demand => demand.Fault is not null) is { Fault: { } fault }) return fault;

        var pools = demands.SelectMany(demand => demand.Pools).Distinct().ToList();
        var (missing, existing) = await limits.FindMissingPoolsAsync(pools, cancellationToken);
        if (missing.Count == 0) return null;

        var known = existing.Count == 0 ? "There are no pools." : $"There are: {string.Join(", ", Suggestions.Rank(existing, missing[0]))}.";
        return $"There is no pool '{missing[0]}'. {known}";
    }

    /// <summary>
    /// Should the gate not hear of it, it finds out by itself when it next has to refuse somebody. An execution that is asked to go on
    /// and finds nothing stored leaves the memory.
    /// </summary>
    private async Task GiveBackAsync(IWorkflowGrain gate, Task<Admission> admitting)
    {
        if (await admitting is not Admission.Granted granted) return;

        await gate.ExecutionEndedAsync(granted.ExecutionId);
        await grains.GetGrain<IWorkflowInstanceGrain>(granted.ExecutionId).RecoverAsync();
    }
}
