using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Api.Rest;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Api.Secrets;

/// <summary><c>/api/v1/secrets</c>: named secrets, for administrators. No answer holds a value.</summary>
internal static class SecretEndpoints
{
    private const int UsualPage = 100;

    public static void MapSecrets(this IEndpointRouteBuilder api)
    {
        var secrets = api.MapGroup("/secrets").RequireAdmin();
        secrets.MapGet("", ListAsync).WithName("ListSecrets");
        secrets.MapPut("{name}", SetAsync).WithName("SetSecret");
        secrets.MapDelete("{name}", DeleteAsync).WithName("DeleteSecret");
        secrets.MapPut("{name}/grants/{project}", GrantAsync).WithName("GrantSecret");
        secrets.MapDelete("{name}/grants/{project}", RevokeAsync).WithName("RevokeSecret");
    }

    private static async Task<IResult> ListAsync(ISecrets secrets, HttpContext http, string? after = null, int limit = UsualPage) =>
        Results.Ok(await secrets.ListAsync(after, limit, http.RequestAborted));

    private static async Task<IResult> SetAsync(string name, ISecrets secrets, HttpContext http)
    {
        var body = await http.ReadAsync<NewValue>();
        return RestEndpoints.Answer(await secrets.SetAsync(name, body.Value, http.Actor(), http.RequestAborted), Results.NoContent());
    }

    private static async Task<IResult> DeleteAsync(string name, ISecrets secrets, HttpContext http) =>
        RestEndpoints.Answer(await secrets.DeleteAsync(name, http.Actor(), http.RequestAborted), Results.NoContent());

    private static async Task<IResult> GrantAsync(string name, string project, ISecrets secrets, HttpContext http) =>
        RestEndpoints.Answer(await secrets.GrantAsync(name, project, http.Actor(), http.RequestAborted), Results.NoContent());

    private static async Task<IResult> RevokeAsync(string name, string project, ISecrets secrets, HttpContext http) =>
        RestEndpoints.Answer(await secrets.RevokeAsync(name, project, http.Actor(), http.RequestAborted), Results.NoContent());

    private sealed record NewValue(string Value);
}
