using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Testing;

/// <summary>The handful of calls an ordinary client of Azkaban makes, over real HTTP.</summary>
public sealed class AzkabanClient : IDisposable
{
    private readonly HttpClient http;
    private readonly string session;

    private AzkabanClient(HttpClient http, string session)
    {
        this.http = http;
        this.session = session;
    }

    /// <summary>Its session id, for calls of other kinds.</summary>
    public string Session => session;

    public static async Task<AzkabanClient> LoginAsync(Uri url, string user, string password)
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = url };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["action"] = "login", ["username"] = user, ["password"] = password });
        using var reply = await http.PostAsync(new Uri("/", UriKind.Relative), form);
        var answer = Parse(await reply.Content.ReadAsStringAsync());
        return new AzkabanClient(http, (string)answer["session.id"]!);
    }

    public async Task CreateProjectAsync(string name)
    {
        var answer = await PostAsync("manager", ("action", "create"), ("name", name), ("description", "a test"));
        if ((string?)answer["status"] != "success") throw new InvalidOperationException($"The project was not created: {answer}");
    }

    public async Task DeleteProjectAsync(string name)
    {
        using var reply = await http.GetAsync(
            new Uri($"/manager?project={Uri.EscapeDataString(name)}&delete=true&session.id={session}", UriKind.Relative));
        if (reply.Headers.Location?.AbsolutePath != "/")
            throw new InvalidOperationException($"The project was not deleted: {reply.StatusCode} {reply.Headers.Location}");
    }

    /// <returns>The number of the new version.</returns>
    public async Task<int> UploadAsync(string project, byte[] zip)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(session), "session.id" },
            { new StringContent("upload"), "ajax" },
            { new StringContent(project), "project" },
        };
        using var file = new ByteArrayContent(zip);
        file.Headers.ContentType = new("application/zip");
        form.Add(file, "file", "package.zip");
        using var reply = await http.PostAsync(new Uri("/manager", UriKind.Relative), form);
        var answer = Parse(await reply.Content.ReadAsStringAsync());
        return answer["error"] is { } error
            ? throw new InvalidOperationException($"The package was refused: {error}")
            : int.Parse((string)answer["version"]!);
    }

    /// <param name="project">Its name.</param>
    /// <param name="flow">Its workflow.</param>
    /// <param name="options">Further parameters, such as <c>concurrentOption</c>.</param>
    /// <returns>The execution id.</returns>
    public async Task<int> ExecuteAsync(string project, string flow, params (string Name, string Value)[] options)
    {
        var answer = await GetAsync("executor", [("ajax", "executeFlow"), ("project", project), ("flow", flow), .. options]);
        return answer["error"] is { } error ? throw new InvalidOperationException($"Not executed: {error}") : (int)answer["execid"]!;
    }

    /// <summary>The execution with its nodes, as <c>fetchexecflow</c> tells it.</summary>
    public Task<JsonObject> FetchAsync(int execution) => GetAsync("executor", ("ajax", "fetchexecflow"), ("execid", $"{execution}"));

    /// <summary>Stops the execution; returns when that is stored.</summary>
    public async Task CancelAsync(int execution)
    {
        var answer = await GetAsync("executor", ("ajax", "cancelFlow"), ("execid", $"{execution}"));
        if (answer["error"] is { } error) throw new InvalidOperationException($"Not cancelled: {error}");
    }

    /// <summary>Waits until the execution has ended, whatever way, and tells it.</summary>
    public async Task<JsonObject> WaitAsync(int execution, TimeSpan deadline)
    {
        using var patience = new CancellationTokenSource(deadline);
        while (true)
        {
            var execflow = await FetchAsync(execution);
            if ((string)execflow["status"]! is "SUCCEEDED" or "FAILED" or "KILLED") return execflow;
            if (patience.IsCancellationRequested) throw new TimeoutException($"Not ended after {deadline}: {execflow}");
            await Task.Delay(50);
        }
    }

    /// <summary>The whole log of a node, as the server escapes it.</summary>
    public async Task<string> ReadLogAsync(int execution, string nestedId)
    {
        var answer = await GetAsync(
            "executor", ("ajax", "fetchExecJobLogs"), ("execid", $"{execution}"), ("jobId", nestedId), ("offset", "0"), ("length", "10000000"));
        return (string)answer["data"]!;
    }

    /// <summary>Any call by GET.</summary>
    public async Task<JsonObject> GetAsync(string path, params (string Name, string Value)[] parameters)
    {
        var query = string.Join('&', parameters.Append(("session.id", session)).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
        return Parse(await http.GetStringAsync(new Uri($"/{path}?{query}", UriKind.Relative)));
    }

    /// <summary>Any call by POST with a form.</summary>
    public async Task<JsonObject> PostAsync(string path, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(
            parameters.Append(("session.id", session)).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
        using var reply = await http.PostAsync(new Uri($"/{path}", UriKind.Relative), form);
        return Parse(await reply.Content.ReadAsStringAsync());
    }

    public void Dispose() => http.Dispose();

    private static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text)!.AsObject();
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"Not JSON: {text}", exception);
        }
    }
}
