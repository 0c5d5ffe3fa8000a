using System.Text;
using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>
/// A piece of log in the usual JSON, its text escaped for HTML. It is written as it is escaped, since the escaped text may be
/// several times the size of the log.
/// </summary>
/// <param name="Offset">Where the piece starts in the log, in bytes.</param>
/// <param name="Bytes">Whole characters.</param>
internal sealed record LogReply(long Offset, ReadOnlyMemory<byte> Bytes) : IResult
{
    private const int CharactersAtATime = 1 << 15;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var output = httpContext.Response.BodyWriter;
        httpContext.Response.ContentType = "application/json;charset=utf-8";
        Encoding.UTF8.GetBytes($"{{\n  \"length\" : {Bytes.Length},\n  \"offset\" : {Offset},\n  \"data\" : \"", output);

        var decoder = Encoding.UTF8.GetDecoder();
        var characters = new char[CharactersAtATime];
        for (var rest = Bytes; !rest.IsEmpty;)
        {
            decoder.Convert(rest.Span, characters, flush: true, out var bytesUsed, out var charactersUsed, out _);
            rest = rest[bytesUsed..];
            AzkabanJson.WriteEscaped(output, HtmlText.Escape(characters.AsSpan(0, charactersUsed)));
            await output.FlushAsync(httpContext.RequestAborted);
        }

        Encoding.UTF8.GetBytes("\"\n}", output);
        await output.FlushAsync(httpContext.RequestAborted);
    }
}
