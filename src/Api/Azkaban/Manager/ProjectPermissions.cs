using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>getPermissions</c>, <c>getGroupPermissions</c>, <c>addPermission</c> and <c>changePermission</c>.</summary>
internal sealed class ProjectPermissions(IProjects projects, IUserDirectory users, IOptions<AzkabanOptions> options)
{
    /// <summary>What the calls can set. Anything else an entry holds stays as it is.</summary>
    private const Permissions Settable =
        Permissions.Admin | Permissions.Read | Permissions.Write | Permissions.Execute | Permissions.Schedule;

    public static Task<IResult> ListUsersAsync(ProjectCall call) => ListAsync(call, ofGroups: false);

    public static Task<IResult> ListGroupsAsync(ProjectCall call) => ListAsync(call, ofGroups: true);

    public async Task<IResult> AddAsync(ProjectCall call)
    {
        var (name, isGroup) = (call.Parameters.Require("name"), call.Parameters.RequireTruth("group"));
        var kind = isGroup ? "Group" : "User";
        if (Find(call.Project, name, isGroup) is not null) return call.Fail($"{kind} permission already exists.");
        if (!await ExistsAsync(name, isGroup, call.Cancelled)) return call.Fail($"{kind} is invalid.");

        return await SetAsync(call, new(name, isGroup, Requested(call.Parameters)));
    }

    public async Task<IResult> ChangeAsync(ProjectCall call)
    {
        var (name, isGroup) = (call.Parameters.Require("name"), call.Parameters.RequireTruth("group"));
        if (Find(call.Project, name, isGroup) is not { } known) return call.Fail($"Permissions for {name} cannot be found.");

        var requested = Requested(call.Parameters);
        var kept = requested is Permissions.None or Permissions.Admin ? Permissions.None : known.Permissions & ~Settable;
        return await SetAsync(call, known with { Permissions = kept | requested });
    }

    private async Task<IResult> SetAsync(ProjectCall call, Grant grant)
    {
        await projects.SetGrantAsync(call.Project.Id, grant, call.User, call.Cancelled);
        return call.Done();
    }

    /// <summary>All five must be sent. Admin stands alone, as it implies the others.</summary>
    private static Permissions Requested(Parameters parameters)
    {
        var requested = Permissions.None;
        foreach (var (word, permission) in new[]
        {
            ("admin", Permissions.Admin), ("read", Permissions.Read), ("write", Permissions.Write), ("execute", Permissions.Execute),
            ("schedule", Permissions.Schedule),
        })
            if (parameters.RequireTruth($"permissions[{word}]"))
                requested |= permission;
        return requested.HasFlag(Permissions.Admin) ? Permissions.Admin : requested;
    }

    private async Task<bool> ExistsAsync(string name, bool isGroup, CancellationToken cancellationToken)
    {
        if (!options.Value.ChecksNames) return true;
        return isGroup
            ? await users.GroupExistsAsync(name, cancellationToken)
            : await users.FindAsync(name, cancellationToken) is not null;
    }

    private static Grant? Find(Project project, string name, bool isGroup) =>
        project.Grants.FirstOrDefault(grant => grant.IsGroup == isGroup && grant.Name == name);

    private static Task<IResult> ListAsync(ProjectCall call, bool ofGroups)
    {
        call.Reply["permissions"] = new JsonArray(
        [
            .. call.Project.Grants.Where(grant => grant.IsGroup == ofGroups).Select(grant => new JsonObject
            {
                ["username"] = grant.Name,
                ["permission"] = PermissionNames.NamesOf(grant.Permissions),
            }),
        ]);
        return Task.FromResult(call.Done());
    }
}
