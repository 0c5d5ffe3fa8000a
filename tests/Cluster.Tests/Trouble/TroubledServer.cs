using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Trouble;

/// <summary>
/// One server process that reaches its own PostgreSQL through something that can be broken, and a workflow on it whose jobs wait for a
/// gate. What its jobs do stands in a ledger.
/// </summary>
internal sealed class TroubledServer : IAsyncDisposable
{
    public const int Slots = 2;
    public const int Nodes = 8;

    /// <summary>How long the stores of this server try; nobody waits longer than twice this time for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly HttpClient http;
    private readonly string folder = Directory.CreateTempSubdirectory("scheduler-trouble-").FullName;
    private string session = "";

    private TroubledServer(SchedulerServer server)
    {
        Server = server;
        http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = server.Url,
            Timeout = Deadline,
        };
    }

    public SchedulerServer Server { get; }

    public AzkabanClient Client { get; private set; } = null!;

    /// <summary>Lines that jobs append: <c>began</c> and <c>ended</c>.</summary>
    public IReadOnlyList<string> Ledger => File.Exists(LedgerFile) ? File.ReadAllLines(LedgerFile) : [];

    private string LedgerFile => Path.Combine(folder, "ledger");

    private string Gate => Path.Combine(folder, "gate");

    /// <param name="connectionString">How it reaches the database.</param>
    /// <param name="patience">Of its stores.</param>
    public static async Task<TroubledServer> StartAsync(string connectionString, TimeSpan? patience = null)
    {
        var server = await SchedulerServer.StartAsync(
            ["--database", connectionString],
            new Dictionary<string, string>
            {
                ["SCHEDULER_Database__Patience"] = $"{patience ?? Patience}",
                ["SCHEDULER_Engine__Slots"] = $"{Slots}",
                // No end that waits lets new work start.
                ["SCHEDULER_Engine__MaxWaitingEnds"] = "0",
                // Whatever is taken for lost or broken although only the database was away shows as a failed execution.
                ["SCHEDULER_Engine__MaxLostAttempts"] = "0",
            });
        var troubled = new TroubledServer(server) { Client = await server.LoginAsync() };
        troubled.session = (string)(await troubled.PostAsync("/", ("action", "login"), ("username", "admin"), ("password", SchedulerServer.Password))).Json!["session.id"]!;
        await troubled.UploadAsync();
        return troubled;
    }

    public static string Through(string connectionString, int port) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = port }.ConnectionString;

    /// <summary>Lets all jobs that wait, and all later ones, go on to their end.</summary>
    public void OpenGate() => File.WriteAllText(Gate, "");

    /// <summary>Starts the workflow and waits until its first jobs run.</summary>
    public async Task<int> StartWorkAsync()
    {
        var execution = await Client.ExecuteAsync("trouble", "trouble", ("concurrentOption", "ignore"));
        await Eventually.TrueAsync(() => Ledger.Count(line => line == "began") == Slots, Deadline);
        return execution;
    }

    /// <summary>Nothing was lost, nothing was done twice, and all of it is stored.</summary>
    public async Task AssertDoneAsync(int execution)
    {
        await Eventually.TrueAsync(() => Ledger.Count(line => line == "ended") == Nodes, Deadline);
        var ended = await Client.WaitAsync(execution, Deadline);
        Assert.Equal("SUCCEEDED", (string?)ended["status"]);
        Assert.All(ended["nodes"]!.AsArray(), node => Assert.Equal(0, (int)node!["attempt"]!));
        Assert.Equal(Nodes, Ledger.Count(line => line == "began"));
        Assert.Equal(Nodes, Ledger.Count(line => line == "ended"));
        foreach (var node in ended["nodes"]!.AsArray())
            Assert.Contains("last words", await Client.ReadLogAsync(execution, (string)node!["nestedId"]!), StringComparison.Ordinal);
    }

    /// <summary>A call of each kind, all at once.</summary>
    public async Task<IReadOnlyList<Reply>> CallEverythingAsync(int execution) => await Task.WhenAll(
    [
        .. Reads(execution).Select(path => SendAsync(path, token => http.GetAsync(new Uri($"{path}&session.id={session}", UriKind.Relative), token))),
        PostAsync("/", ("action", "login"), ("username", "admin"), ("password", SchedulerServer.Password)),
        PostAsync("/executor", ("session.id", session), ("ajax", "executeFlow"), ("project", "trouble"), ("flow", "trouble")),
        PostAsync("/manager", ("session.id", session), ("action", "create"), ("name", "other"), ("description", "other")),
        PostAsync("/executor", ("ajax", "executeFlow"), ("username", "admin"), ("password", SchedulerServer.Password), ("project", "trouble"), ("flow", "trouble")),
        SendAsync("upload", PostPackageAsync),
    ]);

    public Task<Reply> GetAsync(string path) => SendAsync(path, token => http.GetAsync(new Uri(path, UriKind.Relative), token));

    public Task<Reply> ExecuteAsync() => PostAsync(
        "/executor?page=1", ("session.id", session), ("ajax", "executeFlow"), ("project", "trouble"), ("flow", "trouble"), ("concurrentOption", "ignore"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        http.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<string> Reads(int execution) =>
    [
        "/index?all",
        "/manager?project=trouble",
        "/manager?ajax=fetchprojectflows&project=trouble",
        "/manager?ajax=fetchflowgraph&project=trouble&flow=trouble",
        "/manager?ajax=fetchFlowExecutions&project=trouble&flow=trouble&start=0&length=10",
        "/manager?download=true&project=trouble",
        $"/executor?ajax=fetchexecflow&execid={execution}",
        $"/executor?ajax=fetchexecflowupdate&execid={execution}&lastUpdateTime=-1",
        $"/executor?ajax=fetchExecFlowLogs&execid={execution}&offset=0&length=1000",
        $"/executor?ajax=fetchExecJobLogs&execid={execution}&jobId=n0&offset=0&length=1000",
        "/executor?ajax=getRunning&project=trouble&flow=trouble",
        $"/executor?ajax=resumeFlow&execid={execution}",
        "/executor?page=1",
    ];

    private async Task UploadAsync()
    {
        await Client.CreateProjectAsync("trouble");
        await Client.UploadAsync("trouble", Package());
    }

    private byte[] Package()
    {
        var script = $"echo began >> {LedgerFile}; until [ -e {Gate} ]; do sleep 0.05; done; echo ended >> {LedgerFile}; echo last words";
        var nodes = Enumerable.Range(0, Nodes).Select(node => $"  - {{ name: n{node}, type: command, config: {{ command: \"sh -c '{script}'\" }} }}\n");
        return Zip.Of(("trouble.project", "azkaban-flow-version: 2.0\n"), ("trouble.flow", $"nodes:\n{string.Concat(nodes)}"));
    }

    private async Task<HttpResponseMessage> PostPackageAsync(CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(session), "session.id" },
            { new StringContent("upload"), "ajax" },
            { new StringContent("trouble"), "project" },
        };
        using var file = new ByteArrayContent(Package());
        file.Headers.ContentType = new("application/zip");
        form.Add(file, "file", "package.zip");
        return await http.PostAsync(new Uri("/manager", UriKind.Relative), form, cancellationToken);
    }

    private async Task<Reply> PostAsync(string path, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        return await SendAsync($"POST {path} {parameters[1].Value}", token => http.PostAsync(new Uri(path, UriKind.Relative), form, token));
    }

    private static async Task<Reply> SendAsync(string what, Func<CancellationToken, Task<HttpResponseMessage>> send)
    {
        var clock = Stopwatch.StartNew();
        using var reply = await send(CancellationToken.None);
        var text = await reply.Content.ReadAsStringAsync();
        return new Reply(what, reply.StatusCode, text, reply.Headers.RetryAfter is not null, clock.Elapsed);
    }
}

/// <summary>What a call came to.</summary>
/// <param name="What">The call.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">The body.</param>
/// <param name="SaysWhenToRetry">Whether it has a <c>Retry-After</c>.</param>
/// <param name="After">How long it took.</param>
internal sealed record Reply(string What, HttpStatusCode Status, string Text, bool SaysWhenToRetry, TimeSpan After)
{
    /// <summary>The body as JSON; null when it is none.</summary>
    public JsonObject? Json => Text.StartsWith('{') ? JsonNode.Parse(Text)!.AsObject() : null;

    public override string ToString() => $"{What}: {(int)Status} after {After.TotalSeconds:0.0} s {Text[..Math.Min(Text.Length, 200)]}";
}
