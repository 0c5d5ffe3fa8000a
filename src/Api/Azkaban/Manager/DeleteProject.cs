using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>GET /manager?project=P&amp;delete=true</c>. The outcome is a message on the page behind the redirect.</summary>
internal sealed class DeleteProject(IProjects projects)
{
    public async Task<IResult> AnswerAsync(Call call)
    {
        var name = call.Parameters.Require("project");
        if (await projects.FindAsync(name, call.Cancelled) is not { } project) return Unknown(name);

        var fault = FindFault(call, project);
        if (fault is not null) return Reply.Redirect(BaseAddress.ProjectPage(name), Flash.Failure(fault));
        if (!await projects.DeleteAsync(project.Id, call.User, call.Cancelled)) return Unknown(name);

        return Reply.Redirect(
            "/", Flash.Success($"Project '{name}' was successfully deleted and associated schedules are removed."));
    }

    private static string? FindFault(Call call, Project project)
    {
        if (!project.PermissionsOf(call.User).Allows(Permissions.Admin))
            return $"Cannot delete. User '{call.User.Name}' is not an ADMIN.";
        return call.IsForged ? CrossSite.Refusal : null;
    }

    private static IResult Unknown(string name) => Reply.Redirect("/", Flash.Failure($"Project {name} doesn't exist."));
}
