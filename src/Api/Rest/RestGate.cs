using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Api.Rest;

/// <summary>
/// Lets those through who have logged in. They show a session in a header (<c>Authorization: Bearer …</c>), as programs do, or in the
/// cookie of their browser; with the cookie alone a change must come from this site.
/// </summary>
internal sealed partial class RestGate(Sessions sessions, ILogger<RestGate> logger) : IEndpointFilter
{
    /// <summary>Bytes of a request, well above what its largest secret takes.</summary>
    private const int LongestBody = 1 << 20;

    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        SecurityHeaders.Add(http.Response);
        try
        {
            if (await RefuseAsync(http) is { } refusal) return refusal;

            RequestBody.Limit(http.Request, LongestBody);
            return await next(context);
        }
        catch (JsonException exception)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, new Fault("request.malformed", exception.Message));
        }
        catch (BadHttpRequestException exception)
        {
            return Problem.Of(exception.StatusCode, new Fault("request.malformed", exception.Message));
        }
        catch (StorageUnavailableException exception)
        {
            LogUnavailable(exception, http.Request.Path);
            http.Response.Headers.RetryAfter = "5";
            return Problem.Of(
                StatusCodes.Status503ServiceUnavailable, new Fault("storage.unavailable", "The store cannot be reached. Please try again."));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            // What went wrong inside is for the operator's log; the client learns only that it did.
            LogFailed(exception, http.Request.Path);
            return Problem.Of(StatusCodes.Status500InternalServerError, new Fault("internal", "Internal error."));
        }
    }

    private async Task<IResult?> RefuseAsync(HttpContext http)
    {
        if (await sessions.FindAsync(http.Request, TokenOf(http.Request)) is not { } caller)
            return Problem.Of(
                StatusCodes.Status401Unauthorized, new Fault("login.missing", "Log in first, and send the session as a bearer token or cookie."));
        if (!HttpMethods.IsGet(http.Request.Method) && CrossSite.IsForged(http.Request, caller))
            return Problem.Of(StatusCodes.Status403Forbidden, new Fault("request.forged", CrossSite.Refusal));

        http.SetCaller(caller.User);
        return null;
    }

    private static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;

    [LoggerMessage(LogLevel.Warning, "The store did not answer a request to {Path}")]
    private partial void LogUnavailable(Exception exception, string path);

    [LoggerMessage(LogLevel.Error, "A request to {Path} failed")]
    private partial void LogFailed(Exception exception, string path);
}
