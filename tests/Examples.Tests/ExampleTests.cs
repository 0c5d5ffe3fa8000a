using System.Text;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Examples.Tests;

/// <summary>Every package of <c>examples</c>, run as its <c>expected.json</c> says.</summary>
public sealed class ExampleTests(ExampleServer server) : IClassFixture<ExampleServer>
{
    public static TheoryData<string, string> Runs()
    {
        var runs = new TheoryData<string, string>();
        foreach (var example in Expectation.Examples)
            foreach (var run in Expectation.Read(example).Runs)
                runs.Add(example, run.Name);
        return runs;
    }

    [Theory, MemberData(nameof(Runs))]
    public async Task The_example_does_what_it_promises(string example, string run)
    {
        var expectation = Expectation.Read(example);
        var expected = expectation.Runs.Single(candidate => candidate.Name == run);

        var execution = await server.RunAsync(example, expectation.Workflow, expected);

        foreach (var node in execution.Nodes)
            Assert.Single(expected.Nodes.Keys, key => ExpectedNode.Matches(key, node.Path));
        foreach (var (key, promise) in expected.Nodes)
            await CheckAsync(execution, key, promise);
        Assert.Equal(expected.Status, execution.Summary.Status);
    }

    private async Task CheckAsync(ExecutionView execution, string key, ExpectedNode promise)
    {
        var nodes = execution.Nodes.Where(node => ExpectedNode.Matches(key, node.Path)).ToList();
        Assert.Equal(promise.Count, nodes.Count);
        foreach (var node in nodes)
        {
            Assert.True(promise.Status == node.Status, $"{node.Path} ended as {node.Status}: {node.Reason}\n{await ReadLogAsync(execution, node)}");
            if (promise.Attempts is { } attempts) Assert.Equal(attempts, node.Attempt);
            if (promise.Outputs is { } outputs) Assert.Equal(outputs, node.Outputs);
            foreach (var text in promise.Log ?? []) Assert.Contains(text, await ReadLogAsync(execution, node), StringComparison.Ordinal);
        }
    }

    private async Task<string> ReadLogAsync(ExecutionView execution, NodeView node)
    {
        var slice = await server.Executions.ReadNodeLogAsync(execution.Summary.Id, node.Path, null, 0, 1_000_000, CancellationToken.None);
        return Encoding.UTF8.GetString(slice!.Bytes.Span);
    }
}
