using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Cli.Validate;

namespace Scheduler.Silo.Cli.Run;

/// <summary>Hands a prepared run to an engine by the ports its other clients use: a project, its package, an execution.</summary>
internal sealed class RunSubmission(IProjects projects, IExecutions executions)
{
    /// <summary>Whoever started this process; here they may do everything.</summary>
    public static User Runner { get; } = new(Environment.UserName, [], Permissions.Admin, []);

    /// <returns>The execution, or why there is none.</returns>
    public async Task<(long? ExecutionId, IReadOnlyList<string> Refusal)> SubmitAsync(
        PreparedRun run, RunOrder order, CancellationToken cancellationToken)
    {
        var project = await projects.FindAsync(run.Name, cancellationToken)
            ?? await projects.CreateAsync(run.Name, "Made by scheduler run", Runner, cancellationToken)
            ?? throw new InvalidOperationException($"Project {run.Name} can neither be found nor made.");

        var upload = await projects.UploadAsync(project.Id, Path.GetFileName(run.ArchivePath), run.ArchivePath, Runner, cancellationToken);
        if (upload is not UploadResult.Accepted { Version.Number: var version }) return (null, Explain(upload));

        // Side by side with what an earlier run may have left unfinished in a kept folder.
        var options = new ExecutionOptions
        {
            Parameters = order.Parameters,
            Disabled = NodeSelection.Disable(order.Disabled),
            Concurrency = ConcurrencyOption.Concurrent,
        };
        var request = new ExecutionRequest(project.Id, run.Workflow.Id, version, Runner.Name, Initiator.Person, options);
        var submitted = await executions.SubmitAsync(request, cancellationToken);
        return submitted is SubmitResult.Accepted { ExecutionId: var id } ? (id, []) : (null, [Explain(submitted)]);
    }

    private static IReadOnlyList<string> Explain(UploadResult refused) => refused switch
    {
        UploadResult.Invalid invalid => [.. FindingLines.Sorted(invalid.Findings).Select(FindingLines.ToText)],
        UploadResult.Unreadable unreadable => [FindingLines.ToText(unreadable.Finding)],
        _ => ["The project was deleted meanwhile."],
    };

    private static string Explain(SubmitResult refused) => refused switch
    {
        SubmitResult.Invalid invalid => invalid.Reason,
        SubmitResult.UnknownWorkflow unknown => unknown.Reason,
        SubmitResult.TooManyRunning many => $"The workflow has {many.Limit} unfinished executions in this folder already.",
        SubmitResult.Locked locked => $"The workflow is locked{(locked.Reason is { } reason ? $": {reason}" : ".")}",
        SubmitResult.Busy busy => $"The workflow is running as execution {string.Join(", ", busy.ExecutionIds)}.",
        _ => throw new InvalidOperationException("A submission is accepted or refused."),
    };
}
