using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>GET /manager?project=P&amp;download=true</c>: the archive, byte for byte as it was uploaded.</summary>
internal sealed class Download(IProjects projects)
{
    public async Task<IResult> AnswerAsync(Call call)
    {
        var name = call.Parameters.Require("project");
        if (await projects.FindAsync(name, call.Cancelled) is not { } project) return Fail($"Project {name} doesn't exist.");
        if (!project.PermissionsOf(call.User).Allows(Permissions.Read)) return Fail($"No permission to download project {name}.");

        int? wanted = call.Parameters.Has("version") ? call.Parameters.RequireInt("version") : null;
        return await projects.FindVersionAsync(project.Id, wanted, call.Cancelled) is { } version
            ? new ArchiveReply(version, await projects.OpenArchiveAsync(version, call.Cancelled))
            : Fail($"Project {name} with version {wanted ?? ProjectVersions.None} doesn't exist");
    }

    private static IResult Fail(string message) => Reply.Redirect("/", Flash.Failure(message));
}

/// <summary>An archive as a file for the client.</summary>
internal sealed record ArchiveReply(PackageVersion Version, Stream Content) : IResult
{
    private const int MaxFileNameLength = 255;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var content = Content;
        var response = httpContext.Response;
        response.ContentType = "application/zip";
        response.ContentLength = Version.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{HeaderText.Sanitise(Version.FileName, MaxFileNameLength)}\"";
        response.Headers["version"] = Version.Number.ToString();
        response.Headers["projectId"] = Version.ProjectId.ToString();
        await content.CopyToAsync(response.Body, httpContext.RequestAborted);
    }
}

/// <summary>How Azkaban counts versions of a project.</summary>
internal static class ProjectVersions
{
    /// <summary>The version of a project before its first upload.</summary>
    public const int None = -1;
}
