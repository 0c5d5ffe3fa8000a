using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Pages;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary>A project as a page: where redirects of failed actions lead.</summary>
internal sealed class ProjectPage(IProjects projects, NewestPackage packages)
{
    public async Task<IResult> AnswerAsync(Call call)
    {
        var name = call.Parameters.Require("project");
        if (await projects.FindAsync(name, call.Cancelled) is not { } project)
            return Problem(call, $"Project {name} doesn't exist.");
        if (!project.PermissionsOf(call.User).Allows(Permissions.Read))
            return Problem(call, "Permission denied. Need READ access.");

        var package = await packages.OfAsync(project, call.Cancelled);
        return Reply.Page(Layout.Render(call, project.Name, Html.Of($"""
            <p>{project.Description}</p>
            <ul id="flow-list">
            {Html.Join(package.Workflows.Where(flow => !flow.IsEmbedded).Select(flow => Html.Of($"<li>{flow.Id}</li>\n")))}
            </ul>
            """)));
    }

    private static IResult Problem(Call call, string message) => Reply.Page(Layout.Problem(call, message));
}
