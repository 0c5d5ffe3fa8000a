using System.Text.Json;

namespace Scheduler.Api.Tests.Host;

/// <summary>What came back, with the body as the bytes say.</summary>
public sealed record Answer(int Status, string? ContentType, string Body, IReadOnlyDictionary<string, string[]> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Error => Json.TryGetProperty("error", out var error) ? error.GetString() : null;

    public string Header(string name) => Headers.TryGetValue(name, out var values) ? string.Join('\n', values) : "";

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        // Not validated: the values as they were sent, not as .NET would write them.
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
        return new(
            (int)response.StatusCode, headers.TryGetValue("Content-Type", out var type) ? type[0] : null,
            await response.Content.ReadAsStringAsync(), headers);
    }
}
