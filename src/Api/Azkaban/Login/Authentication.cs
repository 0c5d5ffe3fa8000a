using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Login;

/// <summary>Logins, and the credentials that any POST may carry instead of a session.</summary>
internal sealed class Authentication(IUserDirectory users, ISessions sessions)
{
    /// <summary>Answer to <c>action=login</c>; refused or not, its status is 200.</summary>
    public async Task<IResult> LogInAsync(HttpContext http, Parameters parameters)
    {
        if (!HasCredentials(parameters)) return Reply.Error("Incorrect Login.");

        return await CheckAsync(http, parameters) switch
        {
            { User: { } user } => await OpenAsync(http, user),
            var refused => Reply.Error($"Incorrect Login. {refused.Fault}"),
        };
    }

    public static bool HasCredentials(Parameters parameters) => parameters.Has("username") && parameters.Has("password");

    /// <summary>Either a user or, in words, why there is none.</summary>
    public async Task<(User? User, string Fault)> CheckAsync(HttpContext http, Parameters parameters)
    {
        var (name, password) = (parameters.Require("username"), parameters.Require("password"));
        if (string.IsNullOrWhiteSpace(name)) return (null, "Username is empty.");
        if (string.IsNullOrWhiteSpace(password)) return (null, "Password is empty.");

        return await users.AuthenticateAsync(name, password, AddressOf(http), http.RequestAborted) switch
        {
            LoginResult.Accepted accepted => (accepted.User, ""),
            LoginResult.Throttled throttled =>
                (null, $"Too many failed logins. Try again in {Math.Ceiling(throttled.RetryAfter.TotalSeconds):0} seconds."),
            _ => (null, "Username/Password not found."),
        };
    }

    private async Task<IResult> OpenAsync(HttpContext http, User user)
    {
        var id = await sessions.OpenAsync(user, AddressOf(http), http.RequestAborted);
        // Scripted clients copy this header, so it has no further attributes.
        http.Response.Headers.Append("Set-Cookie", $"{Sessions.Cookie}={id};Path=/");
        return Reply.Json(new() { ["status"] = "success", [Sessions.Parameter] = id });
    }

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
