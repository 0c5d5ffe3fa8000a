using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Azkaban;

/// <summary>
/// What answers one route for callers who are logged in. A method it does not override is one that Azkaban answers with an empty
/// 200 on that route.
/// </summary>
internal abstract class Servlet
{
    public virtual Task<IResult> GetAsync(Call call) => Task.FromResult(Reply.Empty);

    /// <summary>A POST with an urlencoded body or none; the parameters hold query and body.</summary>
    public virtual Task<IResult> PostAsync(Call call) => Task.FromResult(Reply.Empty);

    /// <summary>A multipart POST; the parameters hold its text parts, not the query.</summary>
    public virtual Task<IResult> PostMultipartAsync(Call call, MultipartForm form) => Task.FromResult(Reply.Empty);
}

/// <summary>Every path that has no servlet of its own: leads to the list of projects.</summary>
internal sealed class RootServlet : Servlet
{
    public override Task<IResult> GetAsync(Call call) => Task.FromResult(Reply.Redirect("/index"));

    public override Task<IResult> PostAsync(Call call) => Task.FromResult(Reply.Redirect("/index"));
}

/// <summary>Routes of Azkaban that know no command here: an <c>ajax</c> or <c>action</c> is answered like an unknown one.</summary>
internal sealed class CommandlessServlet : Servlet
{
    public override Task<IResult> GetAsync(Call call) =>
        Task.FromResult(call.Parameters.Has("ajax") ? Reply.Json([]) : Reply.Empty);

    public override Task<IResult> PostAsync(Call call) =>
        Task.FromResult(call.Parameters.Has("ajax") || call.Parameters.Has("action") ? Reply.Json([]) : Reply.Empty);
}
