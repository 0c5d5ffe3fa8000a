using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Scheduler.Contracts;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>
/// Reads multipart requests. Parts come in any order, also the file before the session that allows it, so the file goes to disk
/// as it arrives and memory stays flat.
/// </summary>
internal sealed class MultipartSpooler(IOptions<AzkabanOptions> options)
{
    private const int MaxParts = 1_000;
    private const int CopyBufferBytes = 1 << 16;

    public async Task<MultipartForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        RequestBody.Limit(request, options.Value.MaxUploadBytes);
        var form = new MultipartForm();
        try
        {
            await FillAsync(form, request, cancellationToken);
            return form;
        }
        catch (Exception exception)
        {
            form.Dispose();
            // The reader throws these for a body that is cut off or is not what its headers say.
            if (exception is InvalidDataException or (IOException and not BadHttpRequestException))
                throw Malformed(exception.Message);
            throw;
        }
    }

    private async Task FillAsync(MultipartForm form, HttpRequest request, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(BoundaryOf(request), request.Body);
        var budget = options.Value.MaxFormBytes;
        for (var parts = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
        {
            if (parts == MaxParts) throw Malformed("Too many parts.");
            if (section.GetContentDispositionHeader() is not { } disposition) continue;

            var name = Unquote(disposition.Name.Value);
            if (!IsFile(disposition))
            {
                var text = await ReadTextAsync(section, budget, cancellationToken);
                budget -= text.Length;
                form.Fields.Add(name, text);
            }
            else if (name == "file" && form.File is null)
            {
                form.File = Describe(section, disposition);
                await SpoolAsync(section.Body, form.File.Path, cancellationToken);
            }
        }
    }

    private UploadedFile Describe(MultipartSection section, ContentDispositionHeaderValue disposition)
    {
        var name = Unquote((disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value);
        var path = Path.Combine(options.Value.UploadDirectory, $"scheduler-upload-{Path.GetRandomFileName()}");
        return new(name[(name.LastIndexOfAny(['/', '\\']) + 1)..], section.ContentType ?? "", path);
    }

    private static async Task SpoolAsync(Stream body, string path, CancellationToken cancellationToken)
    {
        var buffer = new byte[CopyBufferBytes];
        await using var file = new FileStream(path, Spooling());
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            try
            {
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
            catch (IOException exception)
            {
                throw new StorageUnavailableException("The upload cannot be kept; the disk may be full.", exception);
            }
        }
    }

    private static FileStreamOptions Spooling()
    {
        var spooling = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) spooling.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return spooling;
    }

    private static async Task<string> ReadTextAsync(MultipartSection section, int budget, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (await section.Body.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (text.Length + count > budget) throw Malformed("The text parts are too long.");
            text.Write(buffer, 0, count);
        }
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static string BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && Unquote(type.Boundary.Value) is { Length: > 0 and <= 200 } found
            ? found
            : throw Malformed("The boundary is missing.");

    private static bool IsFile(ContentDispositionHeaderValue disposition) =>
        disposition.FileName.HasValue || disposition.FileNameStar.HasValue;

    private static string Unquote(string? text) =>
        text is null ? "" : HeaderUtilities.UnescapeAsQuotedString(HeaderUtilities.IsQuoted(text) ? text : $"\"{text}\"").Value ?? "";

    private static ParameterException Malformed(string reason) =>
        new($"Processing of multipart/form-data request failed. {reason}", StatusCodes.Status400BadRequest);
}
