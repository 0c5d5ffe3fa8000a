using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Tests.Packages.Flow2;

/// <summary>Clients show these texts and scripts search in them, so they are Azkaban's to the letter.</summary>
public class Flow2MessageTests
{
    private const string Invalid =
        "Failed to validate nodeBean for f.flow. Duplicate nodes found or dependency undefined or ROOT used as a name.";

    [Theory]
    [InlineData("nodes:\n- {name: a, type: noop}\n- {name: a, type: noop}", 3, "there is another node 'a'")]
    [InlineData("nodes:\n- {name: load, type: noop}\n- {name: b, type: noop, dependsOn: [laod]}", 3,
        "node 'b' depends on 'laod', which does not exist; did you mean 'load'?")]
    [InlineData("nodes:\n- {name: ROOT, type: noop}", 2, "'ROOT' is not allowed as a name")]
    public async Task Names_at_the_top_are_wrong_in_one_sentence_and_explained_in_another(string flow, int line, string detail)
    {
        var (errors, warnings) = await ReadAsync(flow);

        Assert.Equal([new Finding(Severity.Error, "package.invalid-nodes", Invalid, "d/f.flow", line)], errors);
        Assert.Equal([new Finding(Severity.Warning, "package.invalid-node", detail, "d/f.flow", line)], warnings);
    }

    [Theory]
    [InlineData("nodes:\n- {name: a, type: noop, dependsOn: [b]}\n- {name: b, type: noop, dependsOn: [a]}", "Cycles found at a>>b", 3)]
    [InlineData("nodes:\n- name: a\n  type: noop\n  dependsOn: [a]", "Cycles found at a>>a", 4)]
    [InlineData("nodes:\n- name: s\n  type: flow\n  nodes:\n  - {name: a, type: noop, dependsOn: [a]}", "Cycles found at a>>a", 5)]
    public async Task Cycles(string flow, string message, int line)
    {
        var (errors, warnings) = await ReadAsync(flow);

        Assert.Equal([new Finding(Severity.Error, "package.cycle", message, "d/f.flow", line)], errors);
        Assert.Equal("package.cycle-path", Assert.Single(warnings).Code);
    }

    [Fact]
    public async Task The_same_file_name_in_two_directories()
    {
        using var bench = new PackageBench();
        const string flow = "nodes: []";

        var error = Assert.Single(await bench.ErrorsOfAsync(("p.project", Project), ("a/f.flow", flow), ("b/f.flow", flow)));

        Assert.Equal(("Duplicate flows found in the project with name f", "b/f.flow"), (error.Message, error.File));
    }

    [Theory]
    [InlineData("nodes: [{name: a, type: noop, config: {Xms: 2G}}]", "f:a: Xms value has exceeded the allowed limit (max Xms = 1G)")]
    [InlineData("nodes: [{name: s, type: flow, nodes: [{name: a, type: noop, config: {Xmx: 3G}}]}]", "f:s:a: Xmx value has exceeded the allowed limit (max Xmx = 2G)")]
    [InlineData("nodes: [{name: a, type: noop, config: {job.notification.started.0.url: u}}]", "Sequence number starts at 1, not 0")]
    [InlineData("nodes: [{name: a, type: noop, condition: 'all_done && all_failed'}]", "Invalid condition for a: cannot combine more than one conditionOnJobStatus macros.")]
    [InlineData("nodes: [{name: a, type: noop, condition: '1 == || 2'}]", "Invalid condition for a: operand is an empty string.")]
    [InlineData("nodes: [{name: a, type: noop, condition: '${b:x} == 1'}]", "Invalid condition for a: b doesn't exist in the flow.")]
    [InlineData("nodes: [{name: a, type: noop, condition: '${c:x} == 1'}, {name: b, type: noop, dependsOn: [a]}, {name: c, type: noop, dependsOn: [b]}]", "Invalid condition for a: should not define condition on its descendant node c.")]
    [InlineData("nodes: [{name: a, type: noop, condition: 'a + b'}]", "Invalid condition for a: cannot resolve the condition. Please check the syntax for supported conditions.")]
    [InlineData("nodes: [{name: a, type: noop, config: {job.timeout: 5 min}}]", "f:a: job.timeout value '5 min' is not a time from 1s to 30d, such as 90s, 30m or 2h, or none")]
    [InlineData("nodes: [{name: a, type: noop}]\nconfig: {flow.timeout: -1}", "f: flow.timeout value '-1' is not a time from 1s to 30d, such as 90s, 30m or 2h, or none")]
    public async Task Nodes(string flow, string message)
    {
        var (errors, _) = await ReadAsync(flow);

        Assert.Equal(("d/f.flow", message), (Assert.Single(errors).File, errors[0].Message));
        Assert.NotNull(errors[0].Line);
    }

    [Theory]
    [InlineData("", "Failed to load flow file f.flow. Node bean is null .", null)]
    [InlineData("text", "the file does not hold a map", 1)]
    [InlineData("config: {a: b}", "flow 'f' has no list of nodes", 1)]
    [InlineData("nodes:", "flow 'f' has no list of nodes", 1)]
    [InlineData("nodes: {a: b}", "'nodes' takes a list", 1)]
    [InlineData("nodes: [a]", "'nodes' takes a list of maps", 1)]
    [InlineData("nodes: []\nnode: []", "Unable to find property 'node'; known are name, type, config, dependsOn, condition, nodes, trigger", 2)]
    [InlineData("nodes: []\nconfig: [a]", "'config' takes a map", 2)]
    [InlineData("nodes: []\nconfig:\n  a: [b]", "'a' takes a single value", 3)]
    [InlineData("nodes:\n- {name: a}", "node 'a' has no type", 2)]
    [InlineData("nodes:\n- {type: noop}", "the name '' is empty", 2)]
    [InlineData("nodes:\n- {name: 'a:b', type: noop}", "the name 'a:b' contains a colon or slash", 2)]
    [InlineData("nodes:\n- {name: ../b, type: noop}", "the name '../b' contains a colon or slash", 2)]
    [InlineData("nodes:\n- {name: \"a\\u200b\", type: noop}", "the name 'a\\u{200b}' contains control or invisible characters", 2)]
    [InlineData("nodes:\n- {name: a, type: noop, dependsOn: b}", "'dependsOn' takes a list", 2)]
    [InlineData("nodes:\n- {name: a, type: noop, dependsOn: [[b]]}", "'dependsOn' takes a single value", 2)]
    [InlineData("nodes:\n- {name: a, type: flow}", "flow 'a' has no list of nodes", 2)]
    [InlineData("nodes:\n- {name: s, type: flow, nodes: [{name: a, type: noop, dependsOn: [b]}]}", "node 'a' depends on 'b', which does not exist", 2)]
    [InlineData("nodes:\n- {name: s, type: flow, nodes: [{name: a, type: x}, {name: a, type: x}]}", "there is another node 'a'", 2)]
    [InlineData("nodes: []\ntrigger: cron", "'trigger' takes a map", 2)]
    public async Task A_file_that_is_no_workflow(string flow, string why, int? line)
    {
        var (errors, _) = await ReadAsync(flow);

        Assert.Equal(
            new Finding(Severity.Error, "package.flow-unreadable", "Error loading flow yaml file f.flow:" + why, "d/f.flow", line),
            Assert.Single(errors));
    }

    [Fact]
    public async Task Everything_wrong_is_reported_at_once()
    {
        var (errors, _) = await ReadAsync("nodes:\n- {name: a}\n- {type: b}\n- {name: c, type: d, extra: 1}\n- 5\nwrong: 1");

        Assert.Equal([2, 3, 4, 5, 6], errors.Select(error => error.Line!.Value).Order());
    }

    [Theory]
    [InlineData("nodes: [{name: a, type: x, type: y}]", "package.repeated-key")]
    [InlineData("nodes: [{name: a, type: x, nodes: []}]", "package.ignored")]
    [InlineData("nodes: [{name: a, type: x, trigger: {}}]", "package.ignored")]
    [InlineData("nodes: []\nconfig: {failure.action: explode}", "package.failure-action")]
    [InlineData("nodes: [{name: a, type: x, config: {azkaban.job.id: 1}}]", "package.reserved-property")]
    public async Task Doubtful_things_are_accepted_with_a_warning(string flow, string code)
    {
        var (errors, warnings) = await ReadAsync(flow);

        Assert.Empty(errors);
        Assert.Equal((code, "d/f.flow"), (Assert.Single(warnings).Code, warnings[0].File));
    }

    private const string Project = "azkaban-flow-version: 2.0";

    private static async Task<(IReadOnlyList<Finding> Errors, IReadOnlyList<Finding> Warnings)> ReadAsync(string flow)
    {
        using var bench = new PackageBench();
        var warnings = await bench.WarningsOfAsync(("p.project", Project), ("d/f.flow", flow));
        using var result = await bench.ReadAsync(("p.project", Project), ("d/f.flow", flow));
        var errors = result is Scheduler.Silo.Packages.PackageReadResult.Invalid invalid
            ? invalid.Findings.Where(finding => finding.Severity == Severity.Error).ToList()
            : [];
        return (errors, warnings);
    }
}
