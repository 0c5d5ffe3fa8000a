using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Storage.Quotas;
using Scheduler.Silo.Tests.Hosting;
using Scheduler.Silo.Tests.Storage;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Tests.Instances;

public sealed class WaitReasonTests(SqliteStorage storage) : IClassFixture<SqliteStorage>
{
    private readonly PermitStore permits = new(storage.Silo.Database, TimeProvider.System);

    [Fact]
    public async Task A_group_that_nobody_offers_and_a_full_quota_are_told_and_nothing_else()
    {
        const string Text = "a(worker.group=gpu), b(worker.pool=p), c, d(worker.pool=p)";
        await new QuotaStore(storage.Silo.Database).SetAsync("pool/p", 1, new UserEvent("root", default, "a test"), default);
        var running = new AttemptId(1, 9, 1);
        await permits.TakeAsync([new DispatchItem(running, 1, 5) { Quotas = ["pool/p"] }], default);
        await ExpectAsync(
            Text, ["Waits for worker group gpu, which no silo offers", "Waits for quota pool/p: 1 of 1 are running", null, "Waits for quota pool/p: 1 of 1 are running"]);

        await permits.ReturnAsync([running], default);
        await permits.TakeAsync([new DispatchItem(new AttemptId(7, 1, 1), 1, 5) { Quotas = ["pool/p"] }], default);
        await ExpectAsync(
            Text, ["Waits for worker group gpu, which no silo offers", null, null, "Waits for quota pool/p: 1 of 1 are running"]);
    }

    private async Task ExpectAsync(string text, string?[] reasons)
    {
        var cluster = new FakeCluster();
        cluster.Add(1);
        var options = Options.Create(new EngineOptions());
        using var limits = new QuotaLimits(
            new QuotaStore(storage.Silo.Database), options, TimeProvider.System, NullLogger<QuotaLimits>.Instance);
        var workflow = DemandTests.Workflow(text, []);
        var view = new ExecutionView
        {
            Summary = null!,
            Initiator = Initiator.Person,
            Options = new ExecutionOptions(),
            Nodes = [.. Enumerable.Range(0, workflow.Graph.Count).Select(node => NodeOf(workflow.Graph[node].Name))],
        };

        var explained = await new WaitReasons(cluster.Look(), limits, permits).ExplainAsync(
            view, new ExecutionDemands(workflow, new ExecutionOptions(), isIgnored: false),
            [.. Enumerable.Range(0, workflow.Graph.Count).Select(node => new QueuedAttempt(node, new AttemptId(7, node, 1)))]);
        Assert.Equal(reasons, explained.Nodes.Select(node => node.Reason));
    }

    private static NodeView NodeOf(string name) => new()
    {
        Path = name,
        Name = name,
        Type = "command",
        Container = ExecutionGraph.Root,
        Status = NodeStatus.Waiting,
        Attempt = 1,
    };
}
