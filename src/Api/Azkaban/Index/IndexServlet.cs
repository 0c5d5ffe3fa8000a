using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Index;

/// <summary>The route <c>/index</c>: lists of projects. It answers GET only; everybody who is logged in sees every project.</summary>
internal sealed class IndexServlet(IProjects projects, IOptions<AzkabanOptions> options) : Servlet
{
    public override async Task<IResult> GetAsync(Call call) => call.Parameters.Find("ajax") switch
    {
        "fetchallprojects" => List(await ListAsync(call)),
        "fetchuserprojects" => List(OwnedBy(UserAskedFor(call), await ListAsync(call))),
        null => Reply.Page(ProjectListPage.Render(call, Choose(call, await ListAsync(call)), options.Value)),
        _ => Reply.Json([]),
    };

    private Task<IReadOnlyList<Project>> ListAsync(Call call) => projects.ListAsync(options.Value.MaxProjects, call.Cancelled);

    private static string UserAskedFor(Call call) => call.Parameters.Find("user") is { Length: > 0 } user ? user : call.User.Name;

    private static IEnumerable<Project> OwnedBy(string user, IEnumerable<Project> all) =>
        all.Where(project => project.Grants.Any(grant => !grant.IsGroup && grant.Name == user && ShowsProject(grant)));

    private static IEnumerable<Project> OfGroups(IReadOnlyList<string> groups, IEnumerable<Project> all) =>
        all.Where(project => project.Grants.Any(grant => grant.IsGroup && groups.Contains(grant.Name) && ShowsProject(grant)));

    private static bool ShowsProject(Grant grant) =>
        (grant.Permissions & (Permissions.Read | Permissions.Admin)) != Permissions.None;

    private static IEnumerable<Project> Choose(Call call, IReadOnlyList<Project> all)
    {
        var chosen = call.Parameters.Has("all") ? all
            : call.Parameters.Has("group") ? OfGroups(call.User.Groups, all)
            : OwnedBy(call.User.Name, all);
        if (call.Parameters.Find("doaction") != "search") return chosen;

        var search = ProjectSearch.For(call.Parameters.Find("searchterm") ?? "");
        return chosen.Where(project => search.IsMatch(project.Name));
    }

    private static IResult List(IEnumerable<Project> listed) =>
        Reply.Json(new() { ["projects"] = new JsonArray([.. listed.Select(Describe)]) });

    /// <summary>The name <c>createdBy</c> is Azkaban's; it has always held who changed the project last.</summary>
    private static JsonObject Describe(Project project) => new()
    {
        ["projectId"] = project.Id,
        ["projectName"] = project.Name,
        ["createdBy"] = project.ModifiedBy,
        ["createdTime"] = Timestamps.Milliseconds(project.CreatedAt),
        ["userPermissions"] = DescribeGrants(project, ofGroups: false),
        ["groupPermissions"] = DescribeGrants(project, ofGroups: true),
    };

    private static JsonArray DescribeGrants(Project project, bool ofGroups) =>
    [
        .. project.Grants.Where(grant => grant.IsGroup == ofGroups).Select(grant => (JsonNode)new JsonObject
        {
            ["first"] = grant.Name,
            ["second"] = new JsonObject { ["types"] = PermissionNames.NamesOf(grant.Permissions) },
        }),
    ];
}
