using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Silo.Cli.Run;

/// <summary>Hands a prepared run to an engine by the ports its other clients use: a project, its package, an execution.</summary>
internal sealed class RunSubmission(IProjects projects, IExecutions executions)
{
    /// <summary>Whoever started this process; here they may do everything.</summary>
    public static User Runner { get; } = new(Environment.UserName, [], Permissions.Admin, []);

    /// <summary>Stores the package as the next version of its project. It has been found valid before.</summary>
    /// <exception cref="InvalidDataException">It was changed since.</exception>
    public async Task<PackageVersion> StoreAsync(PreparedRun run, CancellationToken cancellationToken)
    {
        var project = await projects.FindAsync(run.Name, cancellationToken)
            ?? await projects.CreateAsync(run.Name, "Made by scheduler run", Runner, cancellationToken)
            ?? throw new InvalidOperationException($"Project {run.Name} can neither be found nor made.");

        return await projects.UploadAsync(project.Id, Path.GetFileName(run.ArchivePath), run.ArchivePath, Runner, cancellationToken) switch
        {
            UploadResult.Accepted accepted => accepted.Version,
            UploadResult.Invalid { Findings: [var first, ..] } => throw new InvalidDataException($"The package was changed: {first}"),
            UploadResult.Unreadable unreadable => throw new InvalidDataException($"The package was changed: {unreadable.Finding}"),
            _ => throw new InvalidDataException($"Project {run.Name} was deleted."),
        };
    }

    /// <summary>Side by side with what an earlier run may have left unfinished in a kept folder.</summary>
    public Task<SubmitResult> SubmitAsync(PackageVersion version, string workflowId, RunOrder order, CancellationToken cancellationToken)
    {
        var options = new ExecutionOptions
        {
            Parameters = order.Parameters,
            Disabled = NodeSelection.Disable(order.Disabled),
            Concurrency = ConcurrencyOption.Concurrent,
        };
        var request = new ExecutionRequest(version.ProjectId, workflowId, version.Number, Runner.Name, Initiator.Person, options);
        return executions.SubmitAsync(request, cancellationToken);
    }

    /// <summary>Why there is no execution.</summary>
    public static string Explain(SubmitResult refused) => refused switch
    {
        SubmitResult.Invalid invalid => invalid.Reason,
        SubmitResult.UnknownWorkflow unknown => unknown.Reason,
        SubmitResult.TooManyRunning many => $"The workflow has {many.Limit} unfinished executions in this folder already.",
        SubmitResult.Locked locked => $"The workflow is locked{(locked.Reason is { } reason ? $": {reason}" : ".")}",
        SubmitResult.Busy busy => $"The workflow is running as execution {string.Join(", ", busy.ExecutionIds)}.",
        _ => throw new InvalidOperationException("A submission is accepted or refused."),
    };
}
