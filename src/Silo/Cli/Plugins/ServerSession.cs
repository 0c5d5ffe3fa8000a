using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Silo.Cli.Plugins;

/// <summary>A login at a running server, for verbs that ask it something.</summary>
internal sealed class ServerSession : IDisposable
{
    /// <summary>Carries the password; an argument could be read by other users of the machine.</summary>
    public const string PasswordVariable = "SCHEDULER_PASSWORD";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly HttpClient http;
    private readonly string session;

    private ServerSession(HttpClient http, string session) => (this.http, this.session) = (http, session);

    /// <exception cref="IOException">The server refuses the login.</exception>
    public static async Task<ServerSession> OpenAsync(Uri server, string user, string password, CancellationToken cancellationToken)
    {
        var http = new HttpClient { BaseAddress = server };
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["action"] = "login", ["username"] = user, ["password"] = password });
        using var answer = await http.PostAsync(new Uri("/", UriKind.Relative), form, cancellationToken);
        var json = await answer.Content.ReadFromJsonAsync<JsonObject>(Options, cancellationToken);
        return (string?)json?["session.id"] is { } session
            ? new ServerSession(http, session)
            : throw new IOException($"{server} refuses the login: {json?["error"]}");
    }

    public Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(HttpMethod.Get, path, cancellationToken);

    public Task<T> PostAsync<T>(string path, CancellationToken cancellationToken) => SendAsync<T>(HttpMethod.Post, path, cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new("Bearer", session);
        using var answer = await http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode) return (await answer.Content.ReadFromJsonAsync<T>(Options, cancellationToken))!;

        throw new IOException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
