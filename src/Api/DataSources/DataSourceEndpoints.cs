using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scheduler.Api.Rest;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Secrets;

namespace Scheduler.Api.DataSources;

/// <summary><c>/api/v1/data-sources</c>: the databases that nodes may use, for administrators. No answer holds a password.</summary>
internal static class DataSourceEndpoints
{
    private const string Path = "/data-sources";
    private const int UsualPage = 100;

    public static void MapDataSources(this IEndpointRouteBuilder api)
    {
        var sources = api.MapGroup(Path).RequireAdmin();
        sources.MapGet("", ListAsync).WithName("ListDataSources");
        sources.MapPost("", CreateAsync).WithName("CreateDataSource");
        sources.MapGet("{name}", FindAsync).WithName("GetDataSource");
        sources.MapPut("{name}", ChangeAsync).WithName("ChangeDataSource");
        sources.MapDelete("{name}", DeleteAsync).WithName("DeleteDataSource");
        sources.MapPut("{name}/password", SetPasswordAsync).WithName("SetDataSourcePassword");
        sources.MapPut("{name}/grants/{project}", GrantAsync).WithName("GrantDataSource");
        sources.MapDelete("{name}/grants/{project}", RevokeAsync).WithName("RevokeDataSource");
        sources.MapPost("{name}/test", TestAsync).WithName("TestDataSource");
    }

    private static async Task<IResult> ListAsync(IDataSources sources, HttpContext http, string? after = null, int limit = UsualPage) =>
        Results.Ok(await sources.ListAsync(after, limit, http.RequestAborted));

    private static async Task<IResult> CreateAsync(IDataSources sources, HttpContext http)
    {
        var body = await http.ReadAsync<NewDataSource>();
        var created = await sources.CreateAsync(body.Name, body.Kind, body.Options, body.Password, http.Actor(), http.RequestAborted);
        return RestEndpoints.Answer(created, Results.Created($"{RestEndpoints.Address}{Path}/{body.Name}", null));
    }

    private static async Task<IResult> FindAsync(string name, IDataSources sources, HttpContext http) =>
        await sources.FindAsync(name, http.RequestAborted) is { } source
            ? Results.Ok(source)
            : Problem.Of(StatusCodes.Status404NotFound, new Fault("datasource.unknown", $"There is no data source '{name}'.", "name"));

    private static async Task<IResult> ChangeAsync(string name, IDataSources sources, HttpContext http)
    {
        var body = await http.ReadAsync<NewOptions>();
        return RestEndpoints.Answer(await sources.ChangeAsync(name, body.Options, http.Actor(), http.RequestAborted), Results.NoContent());
    }

    private static async Task<IResult> DeleteAsync(string name, IDataSources sources, HttpContext http) =>
        RestEndpoints.Answer(await sources.DeleteAsync(name, http.Actor(), http.RequestAborted), Results.NoContent());

    private static async Task<IResult> SetPasswordAsync(string name, IDataSources sources, HttpContext http)
    {
        var body = await http.ReadAsync<NewPassword>();
        return RestEndpoints.Answer(await sources.SetPasswordAsync(name, body.Password, http.Actor(), http.RequestAborted), Results.NoContent());
    }

    private static async Task<IResult> GrantAsync(string name, string project, IDataSources sources, HttpContext http) =>
        RestEndpoints.Answer(await sources.GrantAsync(name, project, http.Actor(), http.RequestAborted), Results.NoContent());

    private static async Task<IResult> RevokeAsync(string name, string project, IDataSources sources, HttpContext http) =>
        RestEndpoints.Answer(await sources.RevokeAsync(name, project, http.Actor(), http.RequestAborted), Results.NoContent());

    private static async Task<IResult> TestAsync(string name, IDataSources sources, HttpContext http) =>
        await sources.TestAsync(name, http.RequestAborted) switch
        {
            DataSourceTest.Unknown unknown => Problem.Of(StatusCodes.Status404NotFound, unknown.Fault),
            DataSourceTest.Failed failed => Results.Ok(new TestOutcome(false, failed.Problem)),
            _ => Results.Ok(new TestOutcome(true, null)),
        };

    private sealed record NewDataSource(string Name, string Kind, Dictionary<string, string> Options, string? Password = null);

    private sealed record NewOptions(Dictionary<string, string> Options);

    /// <param name="Password">Null takes it away.</param>
    private sealed record NewPassword(string? Password);

    /// <param name="IsOpen">Whether a connection could be opened.</param>
    /// <param name="Problem">Why not.</param>
    private sealed record TestOutcome(bool IsOpen, string? Problem);
}
