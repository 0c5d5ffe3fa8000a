using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>action=create</c>. The checks stand in Azkaban's order; clients compare the texts.</summary>
internal sealed partial class CreateProject(IProjects projects, IOptions<AzkabanOptions> options)
{
    private const int MaxNameLength = 64;

    /// <summary>Also the limit of <c>changeDescription</c>.</summary>
    public const int MaxDescriptionLength = 2048;

    public async Task<IResult> AnswerAsync(Call call)
    {
        var (name, description) = (call.Parameters.Find("name") ?? "", call.Parameters.Find("description") ?? "");
        if (FindFault(call, name, description) is { } fault) return Refuse(fault);

        return await projects.CreateAsync(name, description, call.User, call.Cancelled) is { } project
            ? Reply.CompactJson(new()
            {
                ["status"] = "success",
                ["path"] = $"manager?project={project.Name}",
                ["action"] = "redirect",
            })
            : Refuse(options.Value.ProjectExistsText.Replace("{name}", name));
    }

    /// <summary>Null when the project may be created.</summary>
    private string? FindFault(Call call, string name, string description) => (name, description) switch
    {
        _ when call.IsForged => CrossSite.Refusal,
        _ when options.Value.LocksProjectCreation && !call.User.Everywhere.Allows(Permissions.CreateProjects) =>
            $"User {call.User.Name} doesn't have permission to create projects.",
        _ when string.IsNullOrWhiteSpace(name) => "Project name cannot be empty.",
        _ when string.IsNullOrWhiteSpace(description) => "Description cannot be empty.",
        _ when !ValidName().IsMatch(name) =>
            "Project names must start with a letter, followed by any number of letters, digits, '-' or '_'.",
        ({ Length: > MaxNameLength }, _) => $"Project names must not be longer than {MaxNameLength} characters.",
        (_, { Length: > MaxDescriptionLength }) => $"Descriptions must not be longer than {MaxDescriptionLength} characters.",
        _ => null,
    };

    private static IResult Refuse(string message) => Reply.CompactJson(new() { ["status"] = "error", ["message"] = message });

    /// <summary>Azkaban's pattern; the bar in it is a slip of theirs that names in use rely on.</summary>
    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z_0-9|-]*\z")]
    private static partial Regex ValidName();
}
