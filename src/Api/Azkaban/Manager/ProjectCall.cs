using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary>A command on a project that exists and that the caller may give.</summary>
/// <param name="Request">The request.</param>
/// <param name="Project">The project.</param>
/// <param name="Reply">What is answered; it already names the project, also next to an error.</param>
internal sealed record ProjectCall(Call Request, Project Project, JsonObject Reply)
{
    public Parameters Parameters => Request.Parameters;
    public User User => Request.User;
    public CancellationToken Cancelled => Request.Cancelled;

    /// <summary>Answers with what the reply holds by now.</summary>
    public IResult Done() => Wire.Reply.Json(Reply);

    public IResult Fail(string error) => Wire.Reply.Error(error, Reply);
}
