using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary>Who may upload where, and what may be uploaded, before anybody looks inside the archive.</summary>
internal sealed class UploadGate(IProjects projects, IOptions<AzkabanOptions> options)
{
    private static readonly string[] ArchiveTypes = ["application/zip", "application/x-zip-compressed", "application/octet-stream"];

    /// <summary>The project, or why not; a refusal names the project as soon as it is known.</summary>
    public async Task<(Project? Project, UploadOutcome? Refusal)> CheckAsync(Call call, string? name)
    {
        if (string.IsNullOrEmpty(name)) return Refuse(StatusCodes.Status400BadRequest, "No project name found.");

        var project = await projects.FindAsync(name, call.Cancelled);
        if (project is null) return Refuse(StatusCodes.Status410Gone, $"Installation Failed. Project '{name}' doesn't exist.");

        return (call.User, project.PermissionsOf(call.User)) switch
        {
            var (user, _) when options.Value.LocksUploads && !user.Everywhere.Allows(Permissions.UploadProjects) => Refuse(
                StatusCodes.Status403Forbidden,
                "Project uploading is locked out. Only admin users and users with special permissions can upload projects. "
                + $"User {user.Name} doesn't have permission to upload project.",
                project),
            var (user, granted) when !granted.Allows(Permissions.Write) => Refuse(
                StatusCodes.Status400BadRequest, $"Installation Failed. User '{user.Name}' does not have write access.", project),
            _ when call.IsForged => Refuse(StatusCodes.Status403Forbidden, CrossSite.Refusal, project),
            _ => (project, null),
        };
    }

    /// <summary>Null when name and type say that it is an archive.</summary>
    public static string? FindFault(UploadedFile file)
    {
        var extension = Path.GetExtension(file.Name).TrimStart('.');
        if (!extension.Equals("zip", StringComparison.OrdinalIgnoreCase)) return $"File extension '{extension}' unrecognized.";

        return ArchiveTypes.Any(type => file.ContentType.StartsWith(type, StringComparison.OrdinalIgnoreCase))
            ? null
            : $"Content type '{file.ContentType}' does not match extension '{extension}'";
    }

    private static (Project?, UploadOutcome?) Refuse(int statusCode, string error, Project? project = null) =>
        (project, UploadOutcome.Refused(statusCode, error, project));
}
