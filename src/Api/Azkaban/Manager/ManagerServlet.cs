using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Pages;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary>The route <c>/manager</c>: projects, their packages and the people in them.</summary>
internal sealed class ManagerServlet(
    IProjects projects, ManagerVerbs verbs, CreateProject create, DeleteProject delete, Upload upload, Download download,
    ProjectPage page) : Servlet
{
    public override Task<IResult> GetAsync(Call call) => call.Parameters switch
    {
        var given when !given.Has("project") => Task.FromResult(Reply.Page(Layout.Problem(call, "No project set."))),
        var given when given.Has("ajax") => RunAsync(call),
        var given when given.Has("delete") => delete.AnswerAsync(call),
        var given when given.Has("download") => download.AnswerAsync(call),
        _ => page.AnswerAsync(call),
    };

    /// <summary>An old client creates with a stray <c>ajax</c> and without a project, which can mean nothing else.</summary>
    public override Task<IResult> PostAsync(Call call) => call.Parameters switch
    {
        var given when given.Has("ajax") && (given.Find("action") != "create" || given.Has("project")) => RunAsync(call),
        var given when given.Find("action") == "create" => create.AnswerAsync(call),
        _ => base.PostAsync(call),
    };

    public override Task<IResult> PostMultipartAsync(Call call, MultipartForm form) =>
        (form.Fields.Find("ajax"), form.Fields.Find("action")) switch
        {
            ("upload", _) => upload.AnswerAsync(call, form),
            ({ }, _) => Task.FromResult(Reply.Json([])),
            (null, "upload") => upload.RedirectAsync(call, form),
            _ => base.PostMultipartAsync(call, form),
        };

    private async Task<IResult> RunAsync(Call call)
    {
        var name = call.Parameters.Require("project");
        var command = call.Parameters.Require("ajax");
        var reply = new JsonObject { ["project"] = name };
        if (await projects.FindAsync(name, call.Cancelled) is not { } project) return Reply.Error($"Project {name} doesn't exist.", reply);

        reply["projectId"] = project.Id;
        if (verbs.Find(command) is not { } verb) return Reply.Error($"Cannot execute command {command}", reply);
        if (!project.PermissionsOf(call.User).Allows(verb.Needs))
            return Reply.Error($"Permission denied. Need {PermissionNames.NameOf(verb.Needs)} access.", reply);
        if (verb.Changes && call.IsForged) return Reply.Error(CrossSite.Refusal, reply);

        return await verb.Handler(new(call, project, reply));
    }
}
