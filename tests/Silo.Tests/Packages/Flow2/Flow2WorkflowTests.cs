using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Tests.Packages.Flow2;

public class Flow2WorkflowTests
{
    [Fact]
    public async Task A_file_with_everything_reads_as_written()
    {
        var package = await ReadAsync("""
            config:
              failure.emails: A@b, c@d
              notify.emails: e@f
              failure.action: cancel_all
              my.param: 1
            nodes:
              - name: load
                type: flow
                dependsOn: [extract, extract]
                condition: "all_success && ${extract:rows} > 0"
                config: { x: 1 }
                nodes:
                  - { name: l2, type: noop, dependsOn: [l1] }
                  - name: l1
                    type: flow
                    nodes: [ { name: deep, type: noop } ]
              - name: extract
                type: command
                config: { command: "echo ${my.param}" }
            """);

        Assert.Equal(["f", "f:load", "f:load:l1"], package.Workflows.Select(workflow => workflow.Id));
        Assert.Equal([false, true, true], package.Workflows.Select(workflow => workflow.IsEmbedded));

        var top = package.Workflows[0];
        Assert.Equal(FailureAction.CancelAll, top.FailureAction);
        Assert.Equal(["a@b", "c@d", "e@f"], top.FailureEmails);
        Assert.Equal(["e@f"], top.SuccessEmails);
        Assert.Equal("1", top.Properties["my.param"]);
        Assert.Equal(["extract", "load"], top.Nodes.Select(node => node.Name));

        var load = top.Nodes[1];
        Assert.Equal(("f:load", "all_success && ${extract:rows} > 0", "f.flow", ""), (load.EmbeddedWorkflowId, load.Condition, load.SourceFile, load.Directory));
        Assert.Equal(["extract"], load.Parents);
        Assert.Equal([("type", "flow"), ("x", "1")], load.Properties.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal(["l1", "l2"], package.Workflows[1].Nodes.Select(node => node.Name));
        Assert.Equal("echo ${my.param}", top.Nodes[0].Properties["command"]);
    }

    [Fact]
    public async Task Values_keep_the_spelling_of_their_author()
    {
        var package = await ReadAsync("""
            nodes: []
            config:
              a: No
              b: 1e3
              c: 0123
              d: 2026-01-02
              e: on
              f: 1.10
              g: ~
              h:
              i: "a\tb"
              j: !!int 010
              k: |
                two
                lines
              5: number
            """);

        var texts = package.Workflows[0].Properties;
        Assert.Equal("No 1e3 0123 2026-01-02 on 1.10 ~ ", string.Join(' ', "abcdefgh".Select(key => texts[key.ToString()])));
        Assert.Equal(("a\tb", "010", "two\nlines\n", "number"), (texts["i"], texts["j"], texts["k"], texts["5"]));
    }

    [Fact]
    public async Task Anchors_and_merge_keys_work_as_in_YAML_1_1()
    {
        var package = await ReadAsync("""
            config: &shared { a: 1, b: 1 }
            nodes:
              - name: x
                type: &t noop
                config: { <<: *shared, b: 2 }
              - name: y
                type: *t
                config:
                  c: 3
                  <<: [ { a: first }, *shared ]
            """);

        Assert.Equal("a=1 b=2 type=noop", Text(package.Workflows[0].Nodes[0]));
        Assert.Equal("a=first b=1 c=3 type=noop", Text(package.Workflows[0].Nodes[1]));
    }

    [Fact]
    public async Task Name_and_type_at_the_top_are_overwritten()
    {
        var package = await ReadAsync("{name: other, type: noop, nodes: []}");

        Assert.Equal("f", Assert.Single(package.Workflows).Id);
    }

    [Fact]
    public async Task The_same_node_name_in_two_flows_is_two_nodes()
    {
        var package = await ReadAsync("nodes: [{name: a, type: flow, nodes: [{name: a, type: noop}]}]");

        Assert.Equal(["f", "f:a"], package.Workflows.Select(workflow => workflow.Id));
    }

    [Fact]
    public async Task Names_may_be_anything_a_person_can_read()
    {
        var package = await ReadAsync("nodes: [{name: '日报 <b>&amp; \"x\" - 😀', type: noop}]");

        Assert.Equal("日报 <b>&amp; \"x\" - 😀", package.Workflows[0].Nodes[0].Name);
    }

    private static string Text(NodeDefinition node) =>
        string.Join(' ', node.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static async Task<PackageDefinition> ReadAsync(string flow)
    {
        using var bench = new PackageBench();
        return await bench.DefinitionOfAsync(("p.project", "azkaban-flow-version: 2.0"), ("f.flow", Utf8(flow)));
    }

    /// <summary>The bench writes characters as bytes.</summary>
    private static string Utf8(string text) => System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
