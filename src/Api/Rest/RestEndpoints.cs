using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Secrets;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Rest;

/// <summary>The endpoints below <c>/api/v1</c>: who comes through to them, what they read from a request, and how they answer a change.</summary>
internal static class RestEndpoints
{
    public const string Address = "/api/v1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The group of all of them, for everybody who has logged in.</summary>
    public static RouteGroupBuilder MapRest(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGroup(Address).AddEndpointFilter(endpoints.ServiceProvider.GetRequiredService<RestGate>());

    /// <summary>Lets administrators through, and nobody else.</summary>
    public static RouteGroupBuilder RequireAdmin(this RouteGroupBuilder endpoints) =>
        endpoints.AddEndpointFilter((context, next) => context.HttpContext.Caller().Everywhere.Allows(Permissions.Admin)
            ? next(context)
            : ValueTask.FromResult<object?>(
                Problem.Of(StatusCodes.Status403Forbidden, new Fault("permission.missing", "Only administrators may do this."))));

    /// <summary>Who makes a request that has come through the gate.</summary>
    public static User Caller(this HttpContext http) => (User)http.Items[typeof(User)]!;

    /// <summary>The caller's name, for the audit log.</summary>
    public static string Actor(this HttpContext http) => http.Caller().Name;

    public static void SetCaller(this HttpContext http, User user) => http.Items[typeof(User)] = user;

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
