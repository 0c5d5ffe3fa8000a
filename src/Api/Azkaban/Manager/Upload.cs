using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts;
using Scheduler.Contracts.Projects;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary>Uploads of packages: with <c>ajax=upload</c> answered by JSON, with <c>action=upload</c> by a redirect.</summary>
internal sealed partial class Upload(IProjects projects, UploadGate gate, IOptions<AzkabanOptions> options, ILogger<Upload> logger)
{
    public async Task<IResult> AnswerAsync(Call call, MultipartForm form)
    {
        var outcome = await StoreAsync(call, form);
        var reply = new JsonObject();
        if (outcome.Error is { } error) reply["error"] = error;
        if (outcome.Warning is { } warning) reply["warn"] = warning;
        if (outcome.Project is { } project)
        {
            reply["projectId"] = project.Id.ToString();
            reply["version"] = outcome.Version.ToString();
        }

        return Reply.Json(reply, options.Value.UploadErrorsAnswerOk ? StatusCodes.Status200OK : outcome.StatusCode);
    }

    public async Task<IResult> RedirectAsync(Call call, MultipartForm form)
    {
        var outcome = await StoreAsync(call, form);
        var flash = outcome switch
        {
            { Error: { } error } => Flash.Failure(error),
            { Warning: { } warning } => new Flash(FlashKind.Warn, warning),
            _ => null,
        };
        return Reply.Redirect(BaseAddress.ProjectPage(form.Fields.Find("project") ?? ""), flash);
    }

    private async Task<UploadOutcome> StoreAsync(Call call, MultipartForm form)
    {
        var (project, refusal) = await gate.CheckAsync(call, form.Fields.Find("project"));
        if (project is null || refusal is not null) return refusal!;

        var file = form.File ?? throw ParameterException.Missing("file");
        if (UploadGate.FindFault(file) is { } fault) return UploadOutcome.Refused(StatusCodes.Status400BadRequest, fault, project);

        try
        {
            return UploadOutcome.Of(await projects.UploadAsync(project.Id, file.Name, file.Path, call.User, call.Cancelled), project);
        }
        catch (Exception exception) when (exception is not (StorageUnavailableException or OperationCanceledException))
        {
            LogFailed(exception, project.Name);
            return UploadOutcome.Unforeseen(project);
        }
    }
}
