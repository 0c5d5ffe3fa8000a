using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Azkaban.Login;

/// <summary>Finds the session of a request: in its cookie, else in a parameter.</summary>
/// <remarks>A stale cookie does not hide a live parameter, unlike in Azkaban.</remarks>
internal sealed class Sessions(ISessions sessions)
{
    public const string Cookie = "azkaban.browser.session.id";
    public const string Parameter = "session.id";

    /// <summary>Far above the length of any id; longer texts are not looked up.</summary>
    private const int MaxIdLength = 256;

    /// <param name="request">The request, for its cookie.</param>
    /// <param name="parameter">The session id that came as a parameter or part; null when none came.</param>
    /// <returns>Null when neither names a live session.</returns>
    public async Task<Caller?> FindAsync(HttpRequest request, string? parameter)
    {
        var cookie = RequestCookies.Find(request, Cookie);
        if (await FindUserAsync(cookie, request.HttpContext.RequestAborted) is { } known)
            return new(known, cookie, IsAmbient: cookie != parameter);
        return await FindUserAsync(parameter, request.HttpContext.RequestAborted) is { } named ? new(named, parameter) : null;
    }

    public Task CloseAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.SessionId is { } id ? sessions.CloseAsync(id, cancellationToken) : Task.CompletedTask;

    private async Task<User?> FindUserAsync(string? id, CancellationToken cancellationToken) =>
        id is { Length: > 0 and <= MaxIdLength } ? await sessions.FindAsync(id, cancellationToken) : null;
}
