using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Pages;
using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Azkaban.Login;

/// <summary>The different answers to a request without a session. Clients know each of them by its text; all have status 200.</summary>
internal static class SessionLost
{
    public static IResult OnGet(Parameters parameters) =>
        parameters.Has("ajax") ? Reply.Error("session") : Reply.Page(LoginPage.Render());

    public static IResult OnPost(HttpRequest request) =>
        request.Headers.XRequestedWith == "XMLHttpRequest"
            ? Reply.CompactJson(new()
            {
                ["status"] = "error",
                ["message"] = "Invalid Session. Need to re-login",
                ["action"] = "login",
            })
            : Reply.Page(LoginPage.Render("Enter username and password"));

    public static IResult OnMultipart() => Reply.Text("Login error. Need username and password");

    /// <summary>Bad credentials in place of a session.</summary>
    public static IResult OnBadCredentials(string fault) => Reply.Text($"Login error: {fault}");

    /// <summary>A password in an address ends in the logs of every proxy, so such a request is not even looked at.</summary>
    public static IResult OnPasswordInQuery() => Reply.Text("Login error. Must pass username and password in request body");
}
