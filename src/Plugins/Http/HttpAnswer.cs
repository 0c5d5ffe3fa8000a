using System.Text;
using System.Text.Json;

namespace Scheduler.Plugins.Http;

/// <summary>What a server has said.</summary>
/// <param name="Status">Such as 200.</param>
/// <param name="Content">From its start.</param>
/// <param name="IsWhole">False when there was more than is read.</param>
/// <param name="Charset">As the server names it; null when it does not.</param>
internal sealed record HttpAnswer(int Status, byte[] Content, bool IsWhole, string? Charset)
{
    public string Text => EncodingOf(Charset).GetString(Content);

    /// <summary>Null when it is not JSON, or not whole.</summary>
    public JsonDocument? ToJson()
    {
        if (!IsWhole) return null;
        try
        {
            return JsonDocument.Parse(Text.TrimStart('\uFEFF'));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var content = new byte[limit + 1];
        var length = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        var isWhole = length <= limit;
        return new((int)response.StatusCode, content[..Math.Min(length, limit)], isWhole, response.Content.Headers.ContentType?.CharSet);
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            var name = charset?.Trim('"') ?? "utf-8";
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
