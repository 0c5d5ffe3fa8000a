using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>What kind of body a request has, and its text.</summary>
internal static class RequestBody
{
    public static bool IsMultipart(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>
    /// The urlencoded body; clients often send none, or one without a content type. Empty for any other type, which Azkaban does
    /// not read either.
    /// </summary>
    public static async Task<string> ReadFormAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (!IsForm(request)) return "";

        Limit(request, limit);
        using var reader = new StreamReader(request.Body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    /// <summary>The server ends a longer body with status 413, whatever its headers say.</summary>
    public static void Limit(HttpRequest request, long bytes)
    {
        var feature = request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (feature is { IsReadOnly: false }) feature.MaxRequestBodySize = bytes;
    }

    private static bool IsForm(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType)
        || (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase));
}
