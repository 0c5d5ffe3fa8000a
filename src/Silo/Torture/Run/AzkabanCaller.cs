using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Silo.Torture.Run;

/// <summary>What a call to the API came to.</summary>
internal abstract record CallResult
{
    private CallResult() { }

    /// <summary>A definite answer, which may be a refusal.</summary>
    internal sealed record Answered(JsonObject Json) : CallResult
    {
        /// <summary>The refusal; null when there is none.</summary>
        public string? Error => (string?)Json["error"];
    }

    /// <summary>No answer, or one that says to try again: what was asked for may have been done.</summary>
    internal sealed record Silent(string Why) : CallResult;
}

/// <summary>Makes the calls of an ordinary client of Azkaban, to whichever silo it is told, in one session for all.</summary>
internal sealed class AzkabanCaller(HttpClient http)
{
    private string session = "";

    /// <exception cref="TortureImpossibleException">Nobody can log in.</exception>
    public async Task LogInAsync(Uri silo, string password, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["action"] = "login", ["username"] = "admin", ["password"] = password });
        var result = await SendAsync(token => http.PostAsync(silo, form, token), cancellationToken);
        session = (string?)(result as CallResult.Answered)?.Json["session.id"]
            ?? throw new TortureImpossibleException($"Nobody can log in at {silo}: {result}");
    }

    public Task<CallResult> GetAsync(
        Uri silo, string path, CancellationToken cancellationToken, params (string Name, string Value)[] parameters)
    {
        var query = string.Join('&', parameters.Append(("session.id", session)).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
        return SendAsync(token => http.GetAsync(new Uri(silo, $"/{path}?{query}"), token), cancellationToken);
    }

    public async Task<CallResult> PostAsync(
        Uri silo, string path, CancellationToken cancellationToken, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(
            parameters.Append(("session.id", session)).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
        return await SendAsync(token => http.PostAsync(new Uri(silo, $"/{path}"), form, token), cancellationToken);
    }

    public async Task<CallResult> UploadAsync(Uri silo, string project, byte[] zip, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(session), "session.id" },
            { new StringContent("upload"), "ajax" },
            { new StringContent(project), "project" },
        };
        using var file = new ByteArrayContent(zip);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        form.Add(file, "file", "torture.zip");
        return await SendAsync(token => http.PostAsync(new Uri(silo, "/manager"), form, token), cancellationToken);
    }

    private static async Task<CallResult> SendAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await send(cancellationToken);
            var text = await reply.Content.ReadAsStringAsync(cancellationToken);
            return reply.StatusCode == HttpStatusCode.OK && Parse(text) is { } json
                ? new CallResult.Answered(json)
                : new CallResult.Silent($"{(int)reply.StatusCode} {text[..Math.Min(text.Length, 200)].ReplaceLineEndings(" ")}");
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new CallResult.Silent(exception.Message);
        }
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
