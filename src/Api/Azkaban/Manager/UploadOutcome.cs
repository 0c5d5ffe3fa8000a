using Microsoft.AspNetCore.Http;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Projects;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary>What an upload is answered with, in the words of Azkaban.</summary>
/// <param name="StatusCode">HTTP status for clients that want one.</param>
/// <param name="Error">Null after success.</param>
/// <param name="Warning">Null when there is nothing to warn of.</param>
/// <param name="Project">Null when it was not found.</param>
/// <param name="Version">The newest version of the project now.</param>
internal sealed record UploadOutcome(int StatusCode, string? Error, string? Warning, Project? Project, int Version)
{
    private const int MaxReportLength = 4_000;
    private const int MaxMessageLength = 512;

    /// <summary>The name of Azkaban's only built-in validator.</summary>
    private const string Validator = "Directory Flow";

    public static UploadOutcome Refused(int statusCode, string error, Project? project) =>
        new(statusCode, error, Warning: null, project, project?.LatestVersion ?? ProjectVersions.None);

    public static UploadOutcome Of(UploadResult result, Project project) => result switch
    {
        UploadResult.Accepted accepted =>
            new(StatusCodes.Status200OK, Error: null, Report("warnings", accepted.Warnings), project, accepted.Version.Number),
        UploadResult.Invalid invalid =>
            Broken(Report("errors", [.. invalid.Findings.Where(finding => finding.Severity == Severity.Error)]), project),
        UploadResult.Unreadable unreadable => Broken($"Installation Failed.<br>{Shorten(unreadable.Finding.Message)}", project),
        _ => Unforeseen(project),
    };

    /// <summary>Something broke here; the log says what.</summary>
    public static UploadOutcome Unforeseen(Project project) => Broken("Server Encounter an unknown Error. <br>", project);

    private static UploadOutcome Broken(string? error, Project project) =>
        Refused(StatusCodes.Status500InternalServerError, error ?? "", project);

    /// <summary>Null when there is nothing to report.</summary>
    private static string? Report(string kind, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return null;

        var report = $"Validator {Validator} reports {kind}:<br><br>"
            + string.Concat(findings.Select(finding => finding.Message + "<br>"));
        return report.Length > MaxReportLength ? report[..MaxReportLength] : report;
    }

    private static string Shorten(string message) =>
        message.Length > MaxMessageLength ? message[..MaxMessageLength] + "<br>Too many errors to display.<br>" : message;
}
