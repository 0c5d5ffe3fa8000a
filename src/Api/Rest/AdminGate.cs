using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts;
using Scheduler.Contracts.Secrets;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Rest;

/// <summary>
/// Lets administrators through, and nobody else. They show a session in a header (<c>Authorization: Bearer …</c>), as programs do, or in the
/// cookie of their browser; with the cookie alone a change must come from this site.
/// </summary>
internal sealed partial class AdminGate(Sessions sessions, ILogger<AdminGate> logger) : IEndpointFilter
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
        if (!caller.User.Everywhere.Allows(Permissions.Admin))
            return Problem.Of(StatusCodes.Status403Forbidden, new Fault("permission.missing", "Only administrators may do this."));
        if (!HttpMethods.IsGet(http.Request.Method) && CrossSite.IsForged(http.Request, caller))
            return Problem.Of(StatusCodes.Status403Forbidden, new Fault("request.forged", CrossSite.Refusal));

        http.Items[typeof(User)] = caller.User;
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

/// <summary>What endpoints behind the gate read from a request, and how they answer a change.</summary>
internal static class AdminRequest
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The endpoints for administrators below an address.</summary>
    public static RouteGroupBuilder MapAdmin(this IEndpointRouteBuilder endpoints, string address) =>
        endpoints.MapGroup(address).AddEndpointFilter(endpoints.ServiceProvider.GetRequiredService<AdminGate>());

    /// <summary>Who calls, for the audit log.</summary>
    public static string Actor(this HttpContext http) => ((User)http.Items[typeof(User)]!).Name;

    /// <exception cref="JsonException">It is none, misses a member, or has one that is not known.</exception>
    public static async Task<T> ReadAsync<T>(this HttpContext http)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
            throw new BadHttpRequestException("The body must be JSON, and its content type say so.", StatusCodes.Status415UnsupportedMediaType);

        return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json, http.RequestAborted)
            ?? throw new JsonException("The body must be a JSON object.");
    }

    public static IResult Answer(ChangeResult result, IResult done) => result switch
    {
        ChangeResult.Invalid invalid => Problem.Of(StatusCodes.Status400BadRequest, invalid.Faults),
        ChangeResult.Unknown unknown => Problem.Of(StatusCodes.Status404NotFound, unknown.Fault),
        ChangeResult.Taken taken => Problem.Of(StatusCodes.Status409Conflict, taken.Fault),
        _ => done,
    };
}
