using Scheduler.Contracts.Definitions;

namespace Scheduler.Silo.Tests.Packages.Flow1;

public class Flow1WorkflowTests
{
    private const string Ok = "type=noop\n";

    [Fact]
    public async Task Each_end_job_makes_a_workflow_of_all_it_waits_for()
    {
        var package = await ReadAsync(("a.job", Ok), ("b.job", Ok + "dependencies=a"), ("c.job", Ok + "dependencies=a"), ("d.job", Ok));

        Assert.Equal(PackageFormat.Flow1, package.Format);
        Assert.Equal(["b: a b", "c: a c", "d: d"], package.Workflows.Select(Text));
    }

    [Fact]
    public async Task A_job_of_two_workflows_is_one_object()
    {
        var package = await ReadAsync(("a.job", Ok), ("b.job", Ok + "dependencies=a"), ("c.job", Ok + "dependencies=a"));

        Assert.Same(package.Find("b")!.Nodes[0], package.Find("c")!.Nodes[0]);
    }

    [Fact]
    public async Task Root_node_ends_a_workflow_in_the_middle_of_another()
    {
        var package = await ReadAsync(("a.job", Ok), ("b.job", Ok + "dependencies=a\nroot.node= TRUE "), ("c.job", Ok + "dependencies=b"));

        Assert.Equal(["b: a b", "c: a b c"], package.Workflows.Select(Text));
    }

    [Fact]
    public async Task Dependencies_are_split_trimmed_and_kept_in_order()
    {
        var package = await ReadAsync(("a.job", Ok), ("b.job", Ok), ("c.job", Ok + "dependencies= b , a,,b ,"));

        Assert.Equal(["b", "a"], package.Find("c")!.Nodes.Single(node => node.Name == "c").Parents);
    }

    [Fact]
    public async Task Job_names_are_global_and_keep_their_dots()
    {
        var package = await ReadAsync(("x/load.v2.job", Ok), ("y/z/end.job", Ok + "dependencies=load.v2"));

        var node = package.Find("end")!.Nodes.Single(node => node.Name == "load.v2");
        Assert.Equal(("x", "x/load.v2.job"), (node.Directory, node.SourceFile));
    }

    [Fact]
    public async Task Properties_are_inherited_down_the_directories_in_the_order_of_file_names()
    {
        var package = await ReadAsync(
            ("b.properties", "x=top-b\ny=top-b"), ("a.properties", "x=top-a\nz=top-a\ntype=noop"),
            ("d/c.properties", "y=inner"), ("d/job.job", "own=1\nz=job"), ("top.job", ""), ("e/plain.job", ""));

        Assert.Equal("type=noop x=top-b y=inner z=top-a", Layer(package, "job"));
        Assert.Equal("type=noop x=top-b y=top-b z=top-a", Layer(package, "top"));
        Assert.Equal(["own", "z"], Node(package, "job").Properties.Keys);
        Assert.Equal(Node(package, "top").SharedProperties, Node(package, "plain").SharedProperties);
        Assert.Equal(2, package.SharedProperties.Count);
        Assert.Equal("noop", Node(package, "job").Type);
    }

    [Fact]
    public async Task Every_key_can_be_inherited()
    {
        var package = await ReadAsync(
            ("a.job", Ok), ("in/p.properties", "type=noop\ndependencies=a\nfailure.emails=OPS@x\ncondition=all_done"), ("in/b.job", ""));

        var node = Node(package, "b");
        Assert.Equal(["a"], node.Parents);
        Assert.Equal("all_done", node.Condition);
        Assert.Equal(["ops@x"], package.Find("b")!.FailureEmails);
    }

    [Fact]
    public async Task A_package_without_properties_shares_nothing()
    {
        var package = await ReadAsync(("a.job", Ok));

        Assert.Empty(package.SharedProperties);
        Assert.Null(Node(package, "a").SharedProperties);
        Assert.Null(Node(package, "a").Condition);
    }

    [Fact]
    public async Task Emails_come_from_the_end_job_in_lower_case()
    {
        var package = await ReadAsync(
            ("a.job", Ok + "success.emails=ignored@x"),
            ("b.job", Ok + "dependencies=a\nsuccess.emails=S@X, s@x\nfailure.emails=f@x\nnotify.emails=Both@X"));

        var workflow = package.Find("b")!;
        Assert.Equal(["s@x", "both@x"], workflow.SuccessEmails);
        Assert.Equal(["f@x", "both@x"], workflow.FailureEmails);
    }

    [Fact]
    public async Task An_embedded_workflow_is_named_by_its_node()
    {
        var package = await ReadAsync(("inner.job", Ok), ("outer.job", "type=flow\nflow.name=inner\nx=1"));

        Assert.Equal((NodeDefinition.EmbeddedType, "inner"), (Node(package, "outer").Type, Node(package, "outer").EmbeddedWorkflowId));
        Assert.All(package.Workflows, workflow => Assert.False(workflow.IsEmbedded));
    }

    [Fact]
    public async Task Hidden_files_and_bare_suffixes_define_nothing()
    {
        var package = await ReadAsync(("a.job", Ok), (".b.job", ""), (".job", ""), ("d/.properties", "\\u"), ("x.JOB", ""), (".hidden/c.job", Ok));

        Assert.Equal(["a", "c"], package.Workflows.Select(workflow => workflow.Id));
    }

    [Fact]
    public async Task Nested_repetition_that_explodes_is_refused()
    {
        using var bench = new PackageBench();
        var files = Enumerable.Range(0, 40).SelectMany(i => new[]
        {
            ($"f{i}.job", Ok + $"root.node=true\ndependencies=l{i},r{i}"),
            ($"l{i}.job", i < 39 ? $"type=flow\nflow.name=f{i + 1}" : Ok),
            ($"r{i}.job", i < 39 ? $"type=flow\nflow.name=f{i + 1}" : Ok),
        });

        Assert.Contains(await bench.ErrorsOfAsync([.. files]), error => error.Code == "package.execution-too-large");
    }

    [Fact]
    public async Task Inherited_copies_are_bounded()
    {
        using var bench = new PackageBench();
        bench.Definitions.MaxInheritedKeys = 100;
        var files = Enumerable.Range(0, 20).Select(i => ($"d{i}/p.properties", "x=1"))
            .Append(("top.properties", string.Concat(Enumerable.Range(0, 20).Select(i => $"k{i}=\n"))));

        Assert.Contains(await bench.ErrorsOfAsync([.. files]), error => error.Code == "package.too-many-inherited-keys");
    }

    [Fact]
    public async Task Nodes_of_all_workflows_together_are_bounded()
    {
        using var bench = new PackageBench();
        bench.Definitions.MaxNodes = 50;
        var files = Enumerable.Range(0, 30).Select(i => ($"end{i}.job", Ok + "dependencies=shared")).Append(("shared.job", Ok));

        Assert.Equal("package.too-many-nodes", Assert.Single(await bench.ErrorsOfAsync([.. files])).Code);
    }

    [Fact]
    public async Task Definition_files_are_bounded()
    {
        using var bench = new PackageBench();
        bench.Definitions.MaxFileBytes = 20;
        bench.Definitions.MaxTotalBytes = 30;

        var errors = await bench.ErrorsOfAsync(("a.job", Ok + "x=1234"), ("b.job", Ok + "x=1234"), ("c.job", Ok + new string('x', 20)));

        Assert.Equal(["Error loading job file b.job:the definitions are larger than 30 bytes together", "Error loading job file c.job:the file is larger than 20 bytes"],
            errors.Select(error => error.Message));
    }

    [Fact]
    public async Task Ids_and_paths_are_as_long_as_the_schema_allows()
    {
        using var bench = new PackageBench();

        Assert.Single((await bench.DefinitionOfAsync((new string('a', 128) + ".job", Ok))).Workflows);
        Assert.Equal("package.id-too-long", Assert.Single(await bench.ErrorsOfAsync((new string('a', 129) + ".job", Ok))).Code);
    }

    private static async Task<PackageDefinition> ReadAsync(params (string Path, string Text)[] files)
    {
        using var bench = new PackageBench();
        return await bench.DefinitionOfAsync(files);
    }

    private static NodeDefinition Node(PackageDefinition package, string name) =>
        package.Workflows.SelectMany(workflow => workflow.Nodes).First(node => node.Name == name);

    private static string Layer(PackageDefinition package, string job) => string.Join(
        ' ', package.SharedProperties[Node(package, job).SharedProperties!.Value].OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Text(WorkflowDefinition workflow) => $"{workflow.Id}: {string.Join(' ', workflow.Nodes.Select(node => node.Name))}";
}
