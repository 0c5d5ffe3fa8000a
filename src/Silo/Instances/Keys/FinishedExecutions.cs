using Microsoft.Extensions.Options;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Keys;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances.Keys;

/// <summary>
/// Resolves KEY nodes against the executions there are: each counts for the date on which it was ordered, in the engine's time zone.
/// </summary>
internal sealed class FinishedExecutions(IJournal journal, IProjects projects, IUserDirectory users, IOptions<EngineOptions> options) : IKeyResolver
{
    private const int PageSize = 200;

    /// <summary>Of one workflow, newest first; what lies further back is not looked at.</summary>
    private const int MaxCandidates = 10_000;

    public async Task<KeyAnswer> ResolveAsync(KeyQuestion question, CancellationToken cancellationToken)
    {
        var project = await projects.FindAsync(question.ProjectName, cancellationToken);
        if (project is null || !await MayReadAsync(project, question, cancellationToken))
            return new KeyAnswer.Refused(
                "key.no-project", $"There is no project {question.ProjectName} that {question.AskedBy} may read; ask its owner for the permission READ");

        var version = await projects.FindVersionAsync(project.Id, version: null, cancellationToken);
        var definition = version is null ? null : await projects.GetDefinitionAsync(version, cancellationToken);
        if (definition?.Find(question.WorkflowId) is null)
            return new KeyAnswer.Refused("key.no-workflow", $"Project {project.Name} has no workflow {question.WorkflowId}");

        var candidates = await FindCandidatesAsync(project.Id, question, cancellationToken);
        return KeySelection.Judge(question, KeySelection.Choose(question, candidates));
    }

    private async Task<bool> MayReadAsync(Project project, KeyQuestion question, CancellationToken cancellationToken) =>
        project.Name == question.AskingProject
        || (await users.FindAsync(question.AskedBy, cancellationToken) is { } user && project.PermissionsOf(user).Allows(Permissions.Read));

    private async Task<IReadOnlyList<KeyCandidate>> FindCandidatesAsync(int projectId, KeyQuestion question, CancellationToken cancellationToken)
    {
        var (from, to) = KeySelection.RangeOf(question, options.Value.FindZone());
        var filter = new ExecutionFilter { ProjectId = projectId, WorkflowId = question.WorkflowId };
        var found = new List<KeyCandidate>();
        for (var start = 0; start < MaxCandidates; start += PageSize)
        {
            var page = (await journal.ListAsync(filter, start, PageSize, cancellationToken)).Executions;
            found.AddRange(page.Where(one => one.SubmittedAt >= from && one.SubmittedAt < to && one.Id != question.AskingExecution)
                .Select(one => new KeyCandidate(one.Id, one.SubmittedAt, one.Status)));
            if (page.Count < PageSize || page[^1].SubmittedAt < from) break;
            if (question.Window == KeyWindow.PreviousCycle && found.Exists(one => one.Status == ExecutionStatus.Succeeded)) break;
        }

        return found;
    }
}
