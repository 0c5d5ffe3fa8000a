using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Contracts;

namespace Scheduler.Api.Health;

/// <summary>The two questions of a supervisor: is the process alive, and may it get work. Neither needs a login.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", () => TypedResults.Text("ok")).WithName("Health");
        endpoints.MapGet("/readyz", AnswerReadinessAsync).WithName("Readiness");
    }

    private static async Task<IResult> AnswerReadinessAsync(IReadiness readiness, CancellationToken cancellationToken) =>
        await readiness.FindObstacleAsync(cancellationToken) is { } obstacle
            ? TypedResults.Text(obstacle, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ready");
}
