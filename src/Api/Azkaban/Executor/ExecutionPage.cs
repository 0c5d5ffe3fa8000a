using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Pages;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Timeline;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary><c>/executor?execid=N</c>: the nodes of an execution; with <c>job</c> the start of the log of one of them.</summary>
internal sealed class ExecutionPage(IProjects projects, IExecutions executions, IOptions<AzkabanOptions> options)
{
    private const int LogBytes = 1 << 18;

    public async Task<IResult> AnswerAsync(Call call)
    {
        var id = call.Parameters.RequireLong("execid");
        if (await executions.GetAsync(id, call.Cancelled) is not { } view) return Problem(call, $"Cannot find execution '{id}'");
        if (await projects.FindAsync(view.Summary.ProjectId, call.Cancelled) is not { } project)
            return Problem(call, "Project 'null' not found.");
        if (!project.PermissionsOf(call.User).Allows(Permissions.Read))
            return Problem(call, $"User '{call.User.Name}' doesn't have READ permissions on {project.Name}");

        return call.Parameters.Find("job") is { } job
            ? await ShowJobAsync(call, view, job)
            : Reply.Page(Layout.Render(call, $"Execution {id}", Describe(view, project)));
    }

    private async Task<IResult> ShowJobAsync(Call call, ExecutionView view, string job)
    {
        var id = view.Summary.Id;
        var attempt = NodeFields.FindAttempt(call.Parameters);
        Task<LogSlice?> ReadAsync(long from, int count) => executions.ReadNodeLogAsync(id, job, attempt, from, count, call.Cancelled);

        return await LogPiece.ReadAsync(ReadAsync, offset: 0, LogBytes) is { } log
            ? Reply.Page(Layout.Render(call, $"{job} in execution {id}", Html.Of($"<pre>{Encoding.UTF8.GetString(log.Span)}</pre>")))
            : Problem(call, $"Job {job} doesn't exist in {id}");
    }

    private Html Describe(ExecutionView view, Project project) => Html.Of($"""
        <p>{view.Summary.WorkflowId} of <a href="{BaseAddress.ProjectPage(project.Name)}">{project.Name}</a>,
        submitted by {view.Summary.SubmittedBy}: <strong>{Statuses.NameOf(view.Summary.Status)}</strong></p>
        <table id="executableBody">
        <thead><tr><th>Name</th><th>Type</th><th>Start Time</th><th>End Time</th><th>Status</th></tr></thead>
        <tbody>
        {Html.Join(view.Nodes.Select(node => Row(view.Summary.Id, node)))}
        </tbody>
        </table>
        """);

    private Html Row(long executionId, NodeView node)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.ServerZone);
        return Html.Of($"""
            <tr>
            <td><a href="/executor?execid={executionId}&amp;job={Uri.EscapeDataString(node.Path)}">{node.Path}</a></td>
            <td>{node.Type}</td>
            <td>{Timestamps.Text(node.StartedAt, zone)}</td>
            <td>{Timestamps.Text(node.EndedAt, zone)}</td>
            <td>{NodeFields.Status(node)}</td>
            </tr>

            """);
    }

    private static IResult Problem(Call call, string message) => Reply.Page(Layout.Problem(call, message));
}
