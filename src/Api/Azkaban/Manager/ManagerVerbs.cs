using Microsoft.AspNetCore.Http;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary>One <c>ajax</c> command of <c>/manager</c>.</summary>
/// <param name="Name">The value of <c>ajax</c>, compared with case.</param>
/// <param name="Needs">The permission on the project; <see cref="Permissions.None"/> lets everybody who is logged in.</param>
/// <param name="Handler">Answers it.</param>
/// <param name="Changes">True: it is refused when another web site seems to be behind it.</param>
internal sealed record ManagerVerb(string Name, Permissions Needs, Func<ProjectCall, Task<IResult>> Handler, bool Changes = false);

/// <summary>All <c>ajax</c> commands of <c>/manager</c>. A command that is not here does not exist.</summary>
internal sealed class ManagerVerbs(
    FlowList flows, FlowGraph graph, FlowJobs jobs, JobProperties properties, FlowExecutions executions, ProjectSettings settings,
    ProjectPermissions permissions, ProxyUsers proxyUsers, ProjectLogs logs)
{
    public IReadOnlyList<ManagerVerb> All { get; } =
    [
        new("fetchprojectflows", Permissions.Read, flows.ListAsync),
        new("fetchflowdetails", Permissions.Read, flows.ShowDetailsAsync),
        new("fetchflowgraph", Permissions.Read, graph.ShowAsync),
        new("fetchflowjobs", Permissions.Read, jobs.ListAsync),
        new("fetchflownodedata", Permissions.Read, graph.ShowNodeAsync),
        new("fetchJobInfo", Permissions.Read, properties.ShowAsync),

        new("fetchFlowExecutions", Permissions.Read, executions.ListAsync),
        new("fetchLastSuccessfulFlowExecution", Permissions.Read, executions.FindLastSuccessAsync),

        new("getProjectId", Permissions.None, ProjectSettings.ShowIdAsync),
        new("checkForWritePermission", Permissions.None, ProjectSettings.CheckWriteAsync),
        new("changeDescription", Permissions.Write, settings.ChangeDescriptionAsync, Changes: true),
        new("fetchProjectLogs", Permissions.Read, logs.ListAsync),

        new("getPermissions", Permissions.Read, ProjectPermissions.ListUsersAsync),
        new("getGroupPermissions", Permissions.Read, ProjectPermissions.ListGroupsAsync),
        new("addPermission", Permissions.Admin, permissions.AddAsync, Changes: true),
        new("changePermission", Permissions.Admin, permissions.ChangeAsync, Changes: true),

        new("getProxyUsers", Permissions.Read, ProxyUsers.ListAsync),
        new("addProxyUser", Permissions.Admin, proxyUsers.AddAsync, Changes: true),
        new("removeProxyUser", Permissions.Admin, proxyUsers.RemoveAsync, Changes: true),
    ];

    /// <summary>Null when there is no such command.</summary>
    public ManagerVerb? Find(string name) => All.FirstOrDefault(verb => verb.Name == name);
}
