using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>The kinds of answers Azkaban gives. Nearly all have status 200, failures too.</summary>
internal static class Reply
{
    /// <summary>Status 200 without a body: the route exists, and nothing matched.</summary>
    public static IResult Empty { get; } = Results.Ok();

    /// <summary>Pretty JSON.</summary>
    public static IResult Json(JsonObject body, int statusCode = StatusCodes.Status200OK) =>
        new JsonReply(body, Pretty: true, "application/json", statusCode);

    /// <summary>Pretty JSON with a failure, beside what the reply holds already.</summary>
    public static IResult Error(string error, JsonObject? reply = null)
    {
        reply ??= [];
        reply["error"] = error;
        return Json(reply);
    }

    /// <summary>Compact JSON; these few answers have no content type.</summary>
    public static IResult CompactJson(JsonObject body) => new JsonReply(body, Pretty: false, ContentType: null);

    /// <summary>Plain text, without a content type as well.</summary>
    public static IResult Text(string text) => new BytesReply(Encoding.UTF8.GetBytes(text), ContentType: null);

    public static IResult Page(Html page, int statusCode = StatusCodes.Status200OK) => new PageReply(page, statusCode);

    /// <summary>Redirects to a path of this server.</summary>
    public static IResult Redirect(string path, Flash? flash = null) => new RedirectReply(path, flash);
}

/// <summary>A JSON object.</summary>
/// <param name="Body">The object.</param>
/// <param name="Pretty">Which of the two writers prints it.</param>
/// <param name="ContentType">Null sends none.</param>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="Ending">ASCII behind the last brace; nearly always nothing.</param>
internal sealed record JsonReply(
    JsonObject Body, bool Pretty, string? ContentType, int StatusCode = StatusCodes.Status200OK, string Ending = "") : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = new ArrayBufferWriter<byte>();
        AzkabanJson.Write(bytes, Body, Pretty);
        Encoding.ASCII.GetBytes(Ending, bytes);
        return new BytesReply(bytes.WrittenMemory, ContentType, StatusCode).ExecuteAsync(httpContext);
    }
}

/// <summary>A body that is ready to be sent.</summary>
internal sealed record BytesReply(ReadOnlyMemory<byte> Body, string? ContentType, int StatusCode = StatusCodes.Status200OK) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCode;
        httpContext.Response.ContentType = ContentType;
        httpContext.Response.ContentLength = Body.Length;
        return httpContext.Response.Body.WriteAsync(Body, httpContext.RequestAborted).AsTask();
    }
}

/// <summary>A page for browsers.</summary>
internal sealed record PageReply(Html Page, int StatusCode) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        SecurityHeaders.AddForPage(httpContext.Response);
        var body = Encoding.UTF8.GetBytes(Page.Markup);
        return new BytesReply(body, "text/html;charset=utf-8", StatusCode).ExecuteAsync(httpContext);
    }
}

/// <summary>A redirect, which Azkaban always writes as an absolute address.</summary>
internal sealed record RedirectReply(string Path, Flash? Flash) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        Flash?.SendWith(httpContext.Response);
        httpContext.Response.StatusCode = StatusCodes.Status302Found;
        httpContext.Response.Headers.Location = BaseAddress.Absolute(httpContext.Request, Path);
        return Task.CompletedTask;
    }
}
