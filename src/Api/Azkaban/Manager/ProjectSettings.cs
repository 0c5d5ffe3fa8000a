using Microsoft.AspNetCore.Http;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>getProjectId</c>, <c>checkForWritePermission</c> and <c>changeDescription</c>.</summary>
internal sealed class ProjectSettings(IProjects projects)
{
    /// <summary>Every reply holds the id, so there is nothing to add.</summary>
    public static Task<IResult> ShowIdAsync(ProjectCall call) => Task.FromResult(call.Done());

    public static Task<IResult> CheckWriteAsync(ProjectCall call)
    {
        call.Reply["hasWritePermission"] = call.Project.PermissionsOf(call.User).Allows(Permissions.Write);
        return Task.FromResult(call.Done());
    }

    public async Task<IResult> ChangeDescriptionAsync(ProjectCall call)
    {
        var description = call.Parameters.Require("description");
        if (description.Length > CreateProject.MaxDescriptionLength)
            return call.Fail($"Descriptions must not be longer than {CreateProject.MaxDescriptionLength} characters.");

        await projects.ChangeDescriptionAsync(call.Project.Id, description, call.User, call.Cancelled);
        return call.Done();
    }
}
