using Scheduler.Api.Azkaban.Pages;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;

namespace Scheduler.Api.Azkaban.Index;

/// <summary>
/// The list of projects as a page. Clients read names, ids and the last user out of its markup: the list's id, the classes, and
/// that the user ends the last line of its paragraph.
/// </summary>
internal static class ProjectListPage
{
    public static Html Render(Call call, IEnumerable<Project> projects, AzkabanOptions options)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.ServerZone);
        return Layout.Render(call, "Projects", Html.Of($"""
            <p><a href="/index">Personal</a> <a href="/index?group">Group</a> <a href="/index?all">All</a></p>
            <ul id="project-list">
            {Html.Join(projects.Select(project => Row(project, zone)))}
            </ul>
            """));
    }

    private static Html Row(Project project, TimeZoneInfo zone) => Html.Of($"""
        <li>
          <div class="project-info">
            <h4><a href="{BaseAddress.ProjectPage(project.Name)}">{project.Name}</a></h4>
            <p class="project-description">{project.Description}</p>
            <p class="project-last-modified">
              Last modified on <strong>{Timestamps.Text(project.ModifiedAt, zone)}</strong> by
              <strong>{project.ModifiedBy}</strong>.</p>
          </div>
          <div class="project-expander" id="{project.Name}"></div>
        </li>

        """);
}
