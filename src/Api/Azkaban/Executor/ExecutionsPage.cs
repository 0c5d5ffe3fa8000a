using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Pages;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>
/// <c>/executor</c>: what runs, and what has ended of late, in projects the caller may read. A client reads the cells of the first
/// table by their position and splits the times at blanks, so neither may change.
/// </summary>
internal sealed class ExecutionsPage(
    IProjects projects, IExecutions executions, IOptions<AzkabanOptions> options, TimeProvider clock)
{
    private const int FinishedRows = 25;

    public async Task<IResult> AnswerAsync(Call call)
    {
        var running = await ListAsync(call, isActive: true, options.Value.MaxPageLength);
        var finished = await ListAsync(call, isActive: false, FinishedRows);
        return Reply.Page(Layout.Render(call, "Executing Flows", Html.Of($"""
            {Table("executingJobs", running)}
            <h2>Recently Finished</h2>
            {Table("finishedJobs", finished)}
            """)));
    }

    private async Task<List<Row>> ListAsync(Call call, bool isActive, int length)
    {
        var page = await executions.ListAsync(new() { Active = isActive }, start: 0, length, call.Cancelled);
        var known = new Dictionary<int, Project?>();
        var rows = new List<Row>();
        foreach (var execution in page.Executions)
        {
            if (!known.TryGetValue(execution.ProjectId, out var project))
                known[execution.ProjectId] = project = await projects.FindAsync(execution.ProjectId, call.Cancelled);
            if (project?.PermissionsOf(call.User).Allows(Permissions.Read) == true) rows.Add(new(execution, project));
        }
        return rows;
    }

    private Html Table(string id, IReadOnlyList<Row> rows)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.ServerZone);
        return Html.Of($"""
            <table id="{id}">
            <thead><tr><th>#</th><th>Execution Id</th><th>Executor Id</th><th>Flow</th><th>Project</th><th>User</th><th>Proxy User</th>
            <th>Start Time</th><th>End Time</th><th>Elapsed</th><th>Status</th><th>Action</th></tr></thead>
            <tbody>
            {Html.Join(rows.Select((row, index) => Render(index + 1, row.Execution, row.Project, zone)))}
            </tbody>
            </table>
            """);
    }

    private Html Render(int number, ExecutionSummary execution, Project project, TimeZoneInfo zone) => Html.Of($"""
        <tr>
        <td>{number}</td>
        <td><a href="/executor?execid={execution.Id}">{execution.Id}</a></td>
        <td>-</td>
        <td><a href="{BaseAddress.ProjectPage(project.Name)}">{execution.WorkflowId}</a></td>
        <td><a href="{BaseAddress.ProjectPage(project.Name)}">{project.Name}</a></td>
        <td>{execution.SubmittedBy}</td>
        <td>{string.Join(", ", project.ProxyUsers)}</td>
        <td>{Timestamps.Text(execution.StartedAt, zone)}</td>
        <td>{Timestamps.Text(execution.EndedAt, zone)}</td>
        <td>{Elapsed(execution)}</td>
        <td><div class="status {Statuses.NameOf(execution.Status)}">{Statuses.NameOf(execution.Status)}</div></td>
        <td></td>
        </tr>

        """);

    private string Elapsed(ExecutionSummary execution) => execution.StartedAt is { } started
        ? $"{(long)((execution.EndedAt ?? clock.GetUtcNow()) - started).TotalSeconds} sec"
        : "-";

    private sealed record Row(ExecutionSummary Execution, Project Project);
}
