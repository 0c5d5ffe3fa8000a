using Scheduler.Api.Azkaban;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Projects;
using Scheduler.Contracts.Users;

namespace Scheduler.Api.Tests.Host;

/// <summary>
/// A server with the project <c>etl</c> of the user <c>azkaban</c>, and users who may do ever less: <c>root</c> everything,
/// <c>azkaban</c> is admin of the project, <c>writer</c>, <c>runner</c> and <c>reader</c> have one permission, <c>nobody</c> none.
/// </summary>
public abstract class ApiTest : IAsyncLifetime
{
    protected ApiHost Api { get; private set; } = null!;
    protected Project Etl { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Api = await ApiHost.StartAsync(Configure);
        Api.Users.Add(new("root", [], Permissions.Admin, []));
        Api.Users.Add(new("azkaban", [], Permissions.None, ["hdfs"]));
        foreach (var name in new[] { "writer", "runner", "nobody" }) Api.Users.Add(new(name, [], Permissions.None, []));
        Api.Users.Add(new("reader", ["analysts"], Permissions.None, []));

        Etl = (await Api.Projects.CreateAsync("etl", "loads things", Api.Users.Get("azkaban"), default))!;
        foreach (var (name, permission) in new[]
        {
            ("writer", Permissions.Write), ("runner", Permissions.Execute), ("reader", Permissions.Read),
        })
            await Api.Projects.SetGrantAsync(Etl.Id, new(name, IsGroup: false, permission), Api.Users.Get("azkaban"), default);
        Api.Projects.Publish(Etl, Api.Users.Get("azkaban"), Daily, LoadSub, Hourly);
        await ArrangeAsync();
    }

    public async Task DisposeAsync() => await Api.DisposeAsync();

    protected virtual void Configure(AzkabanOptions options) { }

    protected virtual Task ArrangeAsync() => Task.CompletedTask;

    protected static WorkflowDefinition Daily { get; } = new()
    {
        Id = "daily",
        Nodes =
        [
            Node("extract", "command", ("command", "echo 1"), ("type", "command")),
            Node("load", "flow") with { Parents = ["extract"], EmbeddedWorkflowId = "load_sub" },
        ],
        SuccessEmails = ["team@example.org"],
        FailureEmails = ["oncall@example.org"],
    };

    protected static WorkflowDefinition LoadSub { get; } = new() { Id = "load_sub", IsEmbedded = true, Nodes = [Node("l1", "command")] };

    protected static WorkflowDefinition Hourly { get; } = new() { Id = "hourly", Nodes = [Node("tick", "noop")] };

    protected static NodeDefinition Node(string name, string type, params (string Key, string Value)[] properties) => new()
    {
        Name = name,
        Type = type,
        Properties = properties.ToDictionary(property => property.Key, property => property.Value),
        SourceFile = name + ".job",
    };
}
