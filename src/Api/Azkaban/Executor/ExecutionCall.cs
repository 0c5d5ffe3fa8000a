using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>A command on an execution that exists and that the caller may give.</summary>
/// <param name="Request">The request.</param>
/// <param name="Project">The project of the execution; it may have been deleted since.</param>
/// <param name="Execution">The execution.</param>
internal sealed record ExecutionCall(Call Request, Project Project, ExecutionSummary Execution)
{
    public long Id => Execution.Id;
    public Parameters Parameters => Request.Parameters;
    public User User => Request.User;
    public CancellationToken Cancelled => Request.Cancelled;
}

/// <summary>A command on a workflow of a project; the caller may give it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Project">The project.</param>
/// <param name="WorkflowId">As sent; there may be no such workflow.</param>
internal sealed record WorkflowCall(Call Request, Project Project, string WorkflowId)
{
    public Parameters Parameters => Request.Parameters;
    public User User => Request.User;
    public CancellationToken Cancelled => Request.Cancelled;
}
