using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Api.Tests.Host;

/// <summary>Executions as the examples of the specification show them.</summary>
public static class Views
{
    /// <summary>Execution 4813 of <c>daily</c>: the first node has succeeded at its second attempt, the second has not started.</summary>
    public static ExecutionView Running(int projectId) => new()
    {
        Summary = new()
        {
            Id = 4813,
            ProjectId = projectId,
            WorkflowId = "daily",
            Version = 3,
            Status = ExecutionStatus.Running,
            SubmittedBy = "azkaban",
            SubmittedAt = At(1691000000123),
            StartedAt = At(1691000000456),
            UpdatedAt = At(1691000005000),
        },
        Initiator = Initiator.Person,
        Options = new(),
        Nodes =
        [
            new()
            {
                Path = "extract",
                Name = "extract",
                Type = "command",
                Container = -1,
                Status = NodeStatus.Succeeded,
                Attempt = 2,
                StartedAt = At(1691000001000),
                EndedAt = At(1691000004000),
                UpdatedAt = At(1691000004100),
                PastAttempts = [new(1, NodeStatus.Failed, At(1691000000500), At(1691000000900), "exit code 1")],
            },
            new()
            {
                Path = "load",
                Name = "load",
                Type = "flow",
                Container = -1,
                Parents = ["extract"],
                EmbeddedWorkflowId = "load_sub",
                Status = NodeStatus.Planned,
                Attempt = 1,
            },
            new() { Path = "load:l1", Name = "l1", Type = "command", Container = 1, Status = NodeStatus.Planned, Attempt = 1 },
        ],
    };

    public static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
