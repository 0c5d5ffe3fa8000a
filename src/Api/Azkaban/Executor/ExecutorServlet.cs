using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>The route <c>/executor</c>: starting, steering and watching executions.</summary>
internal sealed class ExecutorServlet(
    IProjects projects, IExecutions executions, ExecutorVerbs verbs, ExecutionsPage list, ExecutionPage page) : Servlet
{
    public override Task<IResult> GetAsync(Call call) => call.Parameters switch
    {
        var given when given.Has("ajax") => RunAsync(call),
        var given when given.Has("execid") => page.AnswerAsync(call),
        _ => list.AnswerAsync(call),
    };

    public override Task<IResult> PostAsync(Call call) => call.Parameters.Has("ajax") ? RunAsync(call) : base.PostAsync(call);

    /// <summary>An execution id decides, whatever the command: <c>executeFlow</c> with a stray one does nothing.</summary>
    private Task<IResult> RunAsync(Call call)
    {
        var command = call.Parameters.Require("ajax");
        if (call.Parameters.Has("execid")) return RunOnExecutionAsync(call, command);
        if (command == ExecutorVerbs.ReloadExecutors) return Task.FromResult(ReloadExecutors(call));

        return verbs.OfWorkflows.FirstOrDefault(verb => verb.Name == command) is { } known
            ? RunOnWorkflowAsync(call, known)
            : Task.FromResult(Reply.Json(new() { ["project"] = call.Parameters.Require("project") }));
    }

    private async Task<IResult> RunOnExecutionAsync(Call call, string command)
    {
        var id = call.Parameters.RequireLong("execid");
        if (await executions.FindAsync(id, call.Cancelled) is not { } execution) return Reply.Error($"Cannot find execution '{id}'");
        if (verbs.OfExecutions.FirstOrDefault(verb => verb.Name == command) is not { } verb) return Reply.Json([]);

        var project = await projects.FindAsync(execution.ProjectId, call.Cancelled);
        return FindFault(call, project, verb.Needs, verb.Changes) is { } fault
            ? Reply.Error(fault)
            : await verb.Handler(new(call, project!, execution));
    }

    private async Task<IResult> RunOnWorkflowAsync(Call call, ExecutorVerb<WorkflowCall> verb)
    {
        var (name, workflowId) = (call.Parameters.Require("project"), call.Parameters.Require("flow"));
        var project = await projects.FindAsync(name, call.Cancelled);
        if (FindFault(call, project, verb.Needs, verb.Changes) is not { } fault)
            return await verb.Handler(new(call, project!, workflowId));

        return (verb.Name, fault) switch
        {
            (_, CrossSite.Refusal) => Reply.Error(fault),
            (ExecutorVerbs.ExecuteFlow, _) => Reply.Error($"Project '{name}' doesn't exist.", new() { ["project"] = name }),
            (ExecutorVerbs.FetchScheduledFlowGraph, _) => Reply.Error($"Project '{name}' doesn't exist."),
            _ => Reply.Error(fault),
        };
    }

    /// <summary>Null when the caller may go on. The word <c>null</c> in the first text is what Azkaban prints; clients know it.</summary>
    private static string? FindFault(Call call, Project? project, Permissions needed, bool changes)
    {
        if (project is null) return "Project 'null' not found.";
        if (!project.PermissionsOf(call.User).Allows(needed))
            return $"User '{call.User.Name}' doesn't have {PermissionNames.NameOf(needed)} permissions on {project.Name}";
        return changes && call.IsForged ? CrossSite.Refusal : null;
    }

    /// <summary>Processes join the cluster by themselves, so there is nothing to load again.</summary>
    private static IResult ReloadExecutors(Call call) => call.User.Everywhere.Allows(Permissions.Admin)
        ? Reply.Json(new() { ["status"] = "success" })
        : Reply.Json(new() { ["error"] = "Only Admins are allowed to refresh the executors", ["status"] = "error" });
}
