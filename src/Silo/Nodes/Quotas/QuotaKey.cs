using Scheduler.Contracts.Projects;

namespace Scheduler.Silo.Nodes.Quotas;

/// <summary>
/// What a quota limits, as it is stored and typed: <c>pool/p</c>, <c>project/name</c>, <c>workflow/project/name</c>. Names of projects
/// are the same in any case, so their keys are in lower case.
/// </summary>
internal static class QuotaKey
{
    private const string PoolPrefix = "pool/";
    private const string ProjectPrefix = "project/";
    private const string WorkflowPrefix = "workflow/";

    public static string OfPool(string pool) => PoolPrefix + pool;

    public static string OfProject(string project) => ProjectPrefix + project.ToLowerInvariant();

    public static string OfWorkflow(string project, string workflow) => $"{WorkflowPrefix}{project.ToLowerInvariant()}/{workflow}";

    /// <summary>The key a person has typed; null when it is none.</summary>
    public static string? Parse(string text)
    {
        if (text.StartsWith(PoolPrefix, StringComparison.Ordinal))
            return WorkerGroup.IsName(text[PoolPrefix.Length..]) ? text : null;
        if (text.StartsWith(ProjectPrefix, StringComparison.Ordinal))
            return ProjectRules.IsName(text[ProjectPrefix.Length..]) ? OfProject(text[ProjectPrefix.Length..]) : null;

        return text.Split('/', 3) is ["workflow", var project, { Length: > 0 } workflow] && ProjectRules.IsName(project)
            ? OfWorkflow(project, workflow)
            : null;
    }

    /// <summary>The pool a key stands for; null when it limits something else.</summary>
    public static string? PoolOf(string key) => key.StartsWith(PoolPrefix, StringComparison.Ordinal) ? key[PoolPrefix.Length..] : null;

    /// <summary>The project a key stands for or lies in, in lower case; null for a pool.</summary>
    public static string? ProjectOf(string key) => key.Split('/', 3) is ["project" or "workflow", var project, ..] ? project : null;
}
