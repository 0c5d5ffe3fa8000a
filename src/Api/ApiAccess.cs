using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Api.Azkaban.Login;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Users;

namespace Scheduler.Api;

/// <summary>
/// Who reaches the endpoints under <c>/api/v1</c>: callers with a session, in its cookie or in the parameter <c>session.id</c>.
/// </summary>
internal static class ApiAccess
{
    /// <summary>A group whose endpoints answer 401 without a session, and 403 to a change that another web site causes.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1");
        group.AddEndpointFilter(RequireCallerAsync);
        return group;
    }

    /// <summary>Answers 403 to callers who are no administrators.</summary>
    public static TBuilder RequireAdmin<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter((context, next) => CallerOf(context.HttpContext).User.Everywhere.Allows(Permissions.Admin)
            ? next(context)
            : Refuse(StatusCodes.Status403Forbidden, "access.denied", "Only administrators may do this."));

    /// <summary>Who makes a request that has come as far as an endpoint.</summary>
    public static Caller CallerOf(HttpContext http) => (Caller)http.Items[typeof(Caller)]!;

    private static async ValueTask<object?> RequireCallerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        SecurityHeaders.Add(http.Response);
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        if (await sessions.FindAsync(http.Request, http.Request.Query[Sessions.Parameter]) is not { } caller)
            return await Refuse(StatusCodes.Status401Unauthorized, "access.no-session", "Log in first: the request names no live session.");
        if (!HttpMethods.IsGet(http.Request.Method) && CrossSite.IsForged(http.Request, caller))
            return await Refuse(StatusCodes.Status403Forbidden, "access.forged", CrossSite.Refusal);

        http.Items[typeof(Caller)] = caller;
        return await next(context);
    }

    private static ValueTask<object?> Refuse(int status, string code, string detail) =>
        ValueTask.FromResult<object?>(TypedResults.Problem(detail, statusCode: status, type: code));
}
