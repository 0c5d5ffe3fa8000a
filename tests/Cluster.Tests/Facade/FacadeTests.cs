using System.Text.Json.Nodes;
using Scheduler.Testing;
using Xunit.Abstractions;

namespace Scheduler.Cluster.Tests.Facade;

public sealed class SqliteFacadeTests(SqliteServer server, ITestOutputHelper output)
    : FacadeTests(server, output), IClassFixture<SqliteServer>;

public sealed class PostgreSqlFacadeTests(PostgreSqlServerProcess server, ITestOutputHelper output)
    : FacadeTests(server, output), IClassFixture<PostgreSqlServerProcess>;

/// <summary>What a client of Azkaban can do, from login to the end of an execution, against the server as its users run it.</summary>
public abstract partial class FacadeTests(FacadeServer fixture, ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    // Names are unique in the process, so tests do not meet.
    private static int names;

    private readonly int saidBefore = fixture.Server.Output.Length;
    private readonly string project = $"p{Interlocked.Increment(ref names)}";

    private SchedulerServer Server => fixture.Server;

    private AzkabanClient Client { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(Server.Data, project));
        Client = await Server.LoginAsync();
        await Client.CreateProjectAsync(project);
    }

    public Task DisposeAsync()
    {
        Client.Dispose();
        output.WriteLine($"The server said:\n{Server.Output[saidBefore..]}");
        return Task.CompletedTask;
    }

    /// <summary>A file of this test that jobs know by its full path.</summary>
    private string PathOf(string file) => Path.Combine(Server.Data, project, file);

    /// <summary>The command of a job that goes on only when the gate is opened.</summary>
    private string WaitFor(string gate) => $"sh wait.sh {PathOf(gate)}";

    private void Open(string gate) => File.WriteAllText(PathOf(gate), "");

    private async Task<int> RunAsync(byte[] package, params (string Name, string Value)[] options)
    {
        await Client.UploadAsync(project, package);
        return await Client.ExecuteAsync(project, "flow", options);
    }

    private Task<JsonObject> EndAsync(int execution) => Client.WaitAsync(execution, Patience);

    private Task<JsonObject> OrderAsync(string order, int execution) =>
        Client.GetAsync("executor", ("ajax", order), ("execid", $"{execution}"));

    /// <summary>Waits until the nodes stand as given, such as <c>a RUNNING, b READY</c>.</summary>
    private async Task UntilAsync(int execution, string expected)
    {
        var last = "";
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    var statuses = Flatten(await Client.FetchAsync(execution)).Select(StatusOf).ToDictionary();
                    last = string.Join(", ", statuses.Select(status => $"{status.Key} {status.Value}"));
                    return expected.Split(", ").Select(item => item.Split(' ')).All(item => statuses[item[0]] == item[1]);
                },
                Patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"Wanted {expected}, saw {last}", exception);
        }
    }

    /// <param name="expected">The status of the execution, then its nodes by nested id, such as <c>KILLED, a KILLED, b CANCELLED</c>.</param>
    /// <param name="execution">As <c>fetchexecflow</c> tells it.</param>
    private static void AssertIs(string expected, JsonObject execution)
    {
        var items = expected.Split(", ");
        var nodes = Flatten(execution).Select(node => $"{node["nestedId"]} {node["status"]}");
        Assert.Equal(
            items[1..].Order(StringComparer.Ordinal).Prepend(items[0]),
            nodes.Order(StringComparer.Ordinal).Prepend((string)execution["status"]!));
    }

    private static JsonObject NodeOf(JsonObject execution, string nestedId) =>
        Flatten(execution).Single(node => (string)node["nestedId"]! == nestedId);

    private static List<JsonObject> Flatten(JsonObject execution)
    {
        var nodes = execution["nodes"]!.AsArray().Select(node => node!.AsObject()).ToList();
        for (var next = 0; next < nodes.Count; next++)
            nodes.InsertRange(next + 1, (nodes[next]["nodes"]?.AsArray() ?? []).Select(node => node!.AsObject()));
        return nodes;
    }

    private static KeyValuePair<string, string> StatusOf(JsonObject node) =>
        KeyValuePair.Create((string)node["nestedId"]!, (string)node["status"]!);
}
