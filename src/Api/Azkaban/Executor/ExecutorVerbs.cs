using Microsoft.AspNetCore.Http;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>One <c>ajax</c> command of <c>/executor</c>.</summary>
/// <param name="Name">The value of <c>ajax</c>, compared with case.</param>
/// <param name="Needs">The permission on the project.</param>
/// <param name="Handler">Answers it.</param>
/// <param name="Changes">True: it is refused when another web site seems to be behind it.</param>
internal sealed record ExecutorVerb<TCall>(string Name, Permissions Needs, Func<TCall, Task<IResult>> Handler, bool Changes = false);

/// <summary>All <c>ajax</c> commands of <c>/executor</c>. A command that is not here does not exist.</summary>
internal sealed class ExecutorVerbs(
    ExecutionReader reader, ExecutionControl control, ExecutionLogs logs, ExecutionInfo info, WorkflowInfo workflows, ExecuteFlow execute)
{
    /// <summary>Commands on an execution, named by <c>execid</c>.</summary>
    public IReadOnlyList<ExecutorVerb<ExecutionCall>> OfExecutions { get; } =
    [
        new("fetchexecflow", Permissions.Read, reader.ShowAsync),
        new("fetchexecflowupdate", Permissions.Read, reader.ShowChangesAsync),
        new("flowInfo", Permissions.Read, info.ShowAsync),
        new("fetchExecFlowLogs", Permissions.Read, logs.ReadFlowAsync),
        new("fetchExecJobLogs", Permissions.Read, logs.ReadJobAsync),
        new("fetchExecJobStats", Permissions.Read, logs.ShowStatsAsync),

        new("cancelFlow", Permissions.Execute, control.CancelAsync, Changes: true),
        new("pauseFlow", Permissions.Execute, control.PauseAsync, Changes: true),
        new("resumeFlow", Permissions.Execute, control.ResumeAsync, Changes: true),
        new("retryFailedJobs", Permissions.Execute, control.RetryFailedAsync, Changes: true),
    ];

    /// <summary>Commands on a workflow, named by <c>project</c> and <c>flow</c>.</summary>
    public IReadOnlyList<ExecutorVerb<WorkflowCall>> OfWorkflows { get; } =
    [
        new("getRunning", Permissions.Execute, workflows.ListRunningAsync),
        new("flowInfo", Permissions.Read, workflows.ShowAsync),
        new(FetchScheduledFlowGraph, Permissions.Execute, workflows.ShowGraphAsync),
        new(ExecuteFlow, Permissions.Execute, execute.AnswerAsync, Changes: true),
    ];

    /// <summary>The two commands that hide a project from those who may not run it, and say so in other words.</summary>
    public const string ExecuteFlow = "executeFlow";

    /// <inheritdoc cref="ExecuteFlow"/>
    public const string FetchScheduledFlowGraph = "fetchscheduledflowgraph";

    /// <summary>The command of administrators.</summary>
    public const string ReloadExecutors = "reloadExecutors";
}
