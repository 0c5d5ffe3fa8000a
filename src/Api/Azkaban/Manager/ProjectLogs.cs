using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>fetchProjectLogs</c>: who did what to a project.</summary>
internal sealed class ProjectLogs(IProjects projects, IOptions<AzkabanOptions> options)
{
    private const int DefaultSize = 1_000;

    public async Task<IResult> ListAsync(ProjectCall call)
    {
        var size = Math.Clamp(call.Parameters.FindInt("size", DefaultSize), 0, options.Value.MaxPageLength);
        var skip = Math.Max(0, call.Parameters.FindInt("skip", 0));
        var events = await projects.ListEventsAsync(call.Project.Id, skip, size, call.Cancelled);

        call.Reply["columns"] = new JsonArray("user", "time", "type", "message");
        call.Reply["logData"] = new JsonArray([.. events.Select(Describe)]);
        return call.Done();
    }

    private static JsonArray Describe(ProjectEvent entry) =>
        new(entry.User, Timestamps.Milliseconds(entry.At), NameOf(entry.Kind), entry.Message);

    private static string NameOf(ProjectEventKind kind) => kind switch
    {
        ProjectEventKind.Created => "CREATED",
        ProjectEventKind.Deleted => "DELETED",
        ProjectEventKind.UserPermission => "USER_PERMISSION",
        ProjectEventKind.GroupPermission => "GROUP_PERMISSION",
        ProjectEventKind.Description => "DESCRIPTION",
        ProjectEventKind.Uploaded => "UPLOADED",
        ProjectEventKind.Schedule => "SCHEDULE",
        ProjectEventKind.Sla => "SLA",
        ProjectEventKind.ProxyUser => "PROXY_USER",
        ProjectEventKind.Purged => "PURGE",
        ProjectEventKind.PropertyOverride => "PROPERTY_OVERRIDE",
        ProjectEventKind.Error => "ERROR",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No name is known for this kind."),
    };
}
