using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Tests.Packages.Flow1;

/// <summary>Clients show these texts and scripts search in them, so they are Azkaban's to the letter.</summary>
public class Flow1MessageTests
{
    private const string Ok = "type=noop\n";

    [Fact]
    public Task A_job_name_twice() => ExpectAsync(
        "package.duplicate-job", "Duplicate job names found 'a'.", "x/a.job", null,
        ("a.job", Ok), ("x/a.job", Ok), ("y/a.job", Ok));

    [Fact]
    public Task No_type() => ExpectAsync("package.missing-type", "Job doesn't have type set 'a'.", "a.job", null, ("a.job", ""));

    [Fact]
    public Task Malformed_properties() => ExpectAsync(
        "package.properties-unreadable", "Error loading properties c.properties:Malformed \\uxxxx encoding.", "d/c.properties", 2,
        ("d/c.properties", "a=1\nb=\\u00"), ("a.job", Ok));

    [Fact]
    public Task Malformed_job() => ExpectAsync(
        "package.job-unreadable", "Error loading job file a.job:Malformed \\uxxxx encoding.", "d/a.job", 1,
        ("d/a.job", "type=\\u00"));

    [Fact]
    public Task Unknown_dependency() => ExpectAsync(
        "package.missing-dependency", "b cannot find dependency c", "b.job", 2, ("b.job", Ok + "dependencies=c"));

    [Fact]
    public async Task Ambiguous_dependency()
    {
        using var bench = new PackageBench();

        var errors = await bench.ErrorsOfAsync(("a.job", Ok), ("x/a.job", Ok), ("b.job", Ok + "dependencies=a"));

        Assert.Equal(
            [("package.duplicate-job", "Duplicate job names found 'a'."), ("package.ambiguous-dependency", "b has ambiguous dependency a")],
            errors.Select(error => (error.Code, error.Message)));
    }

    [Fact]
    public Task Dependency_on_itself() => ExpectAsync(
        "package.self-dependency", "a has a self cycle", "a.job", 2, ("a.job", Ok + "dependencies=a"));

    [Fact]
    public Task Cycle() => ExpectAsync(
        "package.cycle", "Cyclical dependency found at a>>b", "b.job", 2,
        ("a.job", Ok + "dependencies=b"), ("b.job", Ok + "dependencies=a"), ("end.job", Ok + "dependencies=a"));

    [Fact]
    public Task Embedded_cycle() => ExpectAsync(
        "package.embedded-cycle", "Embedded flow cycle found in b->a", null, null,
        ("a.job", "type=flow\nflow.name=b"), ("b.job", "type=flow\nflow.name=a"));

    [Fact]
    public Task Embedded_itself() => ExpectAsync(
        "package.embedded-cycle", "Embedded flow cycle found in a->a", null, null, ("a.job", "type=flow\nflow.name=a"));

    [Fact]
    public Task Embedded_workflow_that_is_only_a_job() => ExpectAsync(
        "package.missing-workflow", "Flow b depends on a but can't be found.", "b.job", 2,
        ("b.job", "type=flow\nflow.name=a\ndependencies=a"), ("a.job", Ok));

    [Fact]
    public Task Embedded_workflow_without_a_name() => ExpectAsync(
        "package.missing-workflow", "Flow a depends on null but can't be found.", "a.job", null, ("a.job", "type=flow"));

    [Fact]
    public Task Reserved_name() => ExpectAsync(
        "package.reserved-name", "ROOT is not allowed as a name. Pick some other name.", "ROOT.job", null, ("ROOT.job", Ok));

    [Theory]
    [InlineData("Xms=1025M", "package.xms-limit", "a: Xms value has exceeded the allowed limit (max Xms = 1G)")]
    [InlineData("Xms=2g", "package.xms-limit", "a: Xms value has exceeded the allowed limit (max Xms = 1G)")]
    [InlineData("Xmx=2097153k", "package.xmx-limit", "a: Xmx value has exceeded the allowed limit (max Xmx = 2G)")]
    [InlineData("Xmx=9223372036854775807G", "package.xmx-limit", "a: Xmx value has exceeded the allowed limit (max Xmx = 2G)")]
    [InlineData("Xmx=lots", "package.memory-size", "a: Xmx value 'lots' is not a number with an optional unit K, M or G")]
    [InlineData("condition=all_done || one_failed", "condition.several-macros", "Invalid condition for a: cannot combine more than one conditionOnJobStatus macros.")]
    [InlineData("condition=|| 1", "condition.empty-operand", "Invalid condition fo a: operand is an empty string.")]
    [InlineData("condition=${b:x} == 1", "condition.unknown-node", "Invalid condition for a: b doesn't exist in the flow.")]
    [InlineData("condition=what", "condition.unresolvable", "Invalid condition for a: cannot resolve the condition. Please check the syntax for supported conditions.")]
    [InlineData("job.notification.started.0.url=u", "package.callback-number", "Sequence number starts at 1, not 0")]
    [InlineData("job.notification.success.1.url=u\njob.notification.success.1.method=PUT", "package.callback-method", "Unsupported request method: PUT Only POST and GET are supported")]
    [InlineData("job.notification.failure.1.url=u\njob.notification.failure.1.method=POST", "package.callback-body", "No POST body was specified for job callback 'u'")]
    [InlineData("retries=NaN", "package.number", "a: retries value 'NaN' is not a whole number from 0 to 2147483647")]
    [InlineData("retries=1e9", "package.number", "a: retries value '1e9' is not a whole number from 0 to 2147483647")]
    [InlineData("retries=2147483648", "package.number", "a: retries value '2147483648' is not a whole number from 0 to 2147483647")]
    [InlineData("job.timeout=soon", "package.timeout", "a: job.timeout value 'soon' is not a time from 1s to 30d, such as 90s, 30m or 2h, or none")]
    [InlineData("job.timeout=0", "package.timeout", "a: job.timeout value '0' is not a time from 1s to 30d, such as 90s, 30m or 2h, or none")]
    [InlineData("flow.timeout=3650d", "package.timeout", "a: flow.timeout value '3650d' is not a time from 1s to 30d, such as 90s, 30m or 2h, or none")]
    [InlineData("job.timeout=${t}", "package.timeout", "a: job.timeout value '${t}' is not a time from 1s to 30d, such as 90s, 30m or 2h, or none")]
    [InlineData("job.timeout.retries=x", "package.number", "a: job.timeout.retries value 'x' is not a whole number from 0 to 2147483647")]
    public async Task Properties_of_one_job(string text, string code, string message)
    {
        using var bench = new PackageBench();

        var error = Assert.Single(await bench.ErrorsOfAsync(("a.job", Ok + text)));

        Assert.Equal((code, message, "a.job"), (error.Code, error.Message, error.File));
    }

    [Fact]
    public Task A_body_too_long() => ExpectAsync(
        "package.callback-body", "POST body length is : 4097 which is larger than supported length of 4096", "a.job", 4,
        ("a.job", $"{Ok}job.notification.completed.1.url=u\njob.notification.completed.1.method=POST\njob.notification.completed.1.body={new string('x', 4_097)}"));

    [Theory]
    [InlineData("Xms=1G\nXmx=2048m")]
    [InlineData("Xmx=${heap}")]
    [InlineData("retries=${n}")]
    [InlineData("retries= 3 \nretry.backoff=60000")]
    [InlineData("condition=")]
    [InlineData("condition=${a:x} >= 1")]
    [InlineData("job.notification.success.1.url=u\njob.notification.success.2.url=v\njob.notification.success.3.url=w")]
    public async Task Right_properties_are_accepted(string text)
    {
        using var bench = new PackageBench();

        Assert.Empty(await bench.WarningsOfAsync(("a.job", Ok + text)));
    }

    [Theory]
    [InlineData("retries=-1", "package.negative-number")]
    [InlineData("azkaban.flow.execid=1", "package.reserved-property")]
    [InlineData("job.notification.success.1.url=u\njob.notification.success.1.headers=nocolon", "package.callback-header")]
    [InlineData("a=\u00e4\u00b8\u00ad", "package.not-latin1")]
    public async Task Doubtful_properties_are_accepted_with_a_warning(string text, string code)
    {
        using var bench = new PackageBench();

        var warning = Assert.Single(await bench.WarningsOfAsync(("a.job", Ok + text)));

        Assert.Equal((code, "a.job"), (warning.Code, warning.File));
        Assert.True(warning.Line >= 2);
    }

    [Fact]
    public async Task A_byte_order_mark_spoils_the_first_key_and_is_explained()
    {
        using var bench = new PackageBench();
        var file = ("a.job", "\u00ef\u00bb\u00bftype=noop");

        Assert.Equal("package.missing-type", Assert.Single(await bench.ErrorsOfAsync(file)).Code);
        Assert.Equal("package.byte-order-mark", Assert.Single(await bench.WarningsOfAsync(file)).Code);
    }

    [Fact]
    public async Task Everything_wrong_is_reported_at_once()
    {
        using var bench = new PackageBench();

        var errors = await bench.ErrorsOfAsync(
            ("a.job", "Xmx=3G"), ("b.job", Ok + "dependencies=a,missing,b"), ("c/x.properties", "\\u"), ("c/a.job", Ok), ("ROOT.job", Ok),
            ("e.job", "type=flow\nflow.name=nowhere"), ("x.job", Ok + "dependencies=y\nroot.node=true"), ("y.job", Ok + "dependencies=x"));

        Assert.Equal(
            ["package.ambiguous-dependency", "package.cycle", "package.duplicate-job", "package.missing-dependency",
                "package.missing-workflow", "package.properties-unreadable", "package.reserved-name", "package.self-dependency"],
            errors.Select(error => error.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_near_miss_gets_a_hint_and_a_cycle_its_path()
    {
        using var bench = new PackageBench();

        var hint = await bench.WarningsOfAsync(("Extract.job", Ok), ("b.job", Ok + "dependencies=extrat"));
        var path = await bench.WarningsOfAsync(
            ("a.job", Ok + "dependencies=b"), ("b.job", Ok + "dependencies=c"), ("c.job", Ok + "dependencies=a"), ("d.job", Ok + "dependencies=c"));

        Assert.Equal("There is no 'extrat'; did you mean 'Extract'?", Assert.Single(hint).Message);
        Assert.EndsWith(": c -> a -> b -> c", Assert.Single(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_lost_in_a_cycle_are_mentioned()
    {
        using var bench = new PackageBench();

        var warnings = await bench.WarningsOfAsync(("a.job", Ok + "dependencies=b"), ("b.job", Ok + "dependencies=a"), ("c.job", Ok));

        Assert.EndsWith(": a, b", Assert.Single(warnings, warning => warning.Code == "package.unreachable-jobs").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_are_limited()
    {
        using var bench = new PackageBench();
        bench.Definitions.MaxFindings = 5;

        var errors = await bench.ErrorsOfAsync([.. Enumerable.Range(0, 20).Select(i => ($"{i}.job", ""))]);

        Assert.Equal(6, errors.Count);
        Assert.Equal("15 further errors are not listed.", errors[^1].Message);
    }

    private static async Task ExpectAsync(string code, string message, string? file, int? line, params (string Path, string Text)[] files)
    {
        using var bench = new PackageBench();

        Assert.Contains(new Finding(Severity.Error, code, message, file, line), await bench.ErrorsOfAsync(files));
    }
}
