using Scheduler.Contracts.Instances;
using Scheduler.Silo.Nodes.Parameters;
using static Scheduler.Silo.Tests.Nodes.Parameters.Layers;

namespace Scheduler.Silo.Tests.Nodes.Parameters;

public sealed class SystemPropertiesTests
{
    private static readonly ExecutionFacts Facts = new()
    {
        ExecutionId = 42,
        ProjectId = 7,
        ProjectName = "etl",
        Version = 3,
        WorkflowId = "daily",
        SubmittedBy = "ann",
        Initiator = Initiator.Person,
        ProjectModifiedBy = "bob",
        ProjectModifiedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_691_000_000_456),
        SubmittedAt = new(2024, 3, 10, 9, 0, 0, TimeSpan.Zero),
        StartedAt = new(2024, 3, 10, 9, 59, 58, 7, TimeSpan.Zero),
        Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"),
        BaseUrl = new Uri("http://scheduler.example:8081/"),
    };

    private static readonly NodeFacts Embedded = new()
    {
        Path = ["load", "l1"],
        WorkflowId = "daily:load",
        Attempt = 3,
        Parents = ["a", "b"],
        Children = ["c"],
        DefaultDirectory = "/packages/42",
    };

    [Theory]
    [InlineData("azkaban.flow.flowid", "daily")]
    [InlineData("azkaban.flow.execid", "42")]
    [InlineData("azkaban.flow.projectid", "7")]
    [InlineData("azkaban.flow.projectname", "etl")]
    [InlineData("azkaban.flow.projectversion", "3")]
    [InlineData("azkaban.flow.submituser", "ann")]
    [InlineData("azkaban.flow.projectlastchangedby", "bob")]
    [InlineData("azkaban.flow.projectlastchangeddate", "1691000000456")]
    [InlineData("azkaban.flow.executionsource", "adhoc")]
    [InlineData("azkaban.flow.start.timestamp", "2024-03-10T01:59:58.007-08:00")]
    [InlineData("azkaban.flow.start.year", "2024")]
    [InlineData("azkaban.flow.start.month", "03")]
    [InlineData("azkaban.flow.start.day", "10")]
    [InlineData("azkaban.flow.start.hour", "01")]
    [InlineData("azkaban.flow.start.minute", "59")]
    [InlineData("azkaban.flow.start.second", "58")]
    [InlineData("azkaban.flow.start.milliseconds", "007")]
    [InlineData("azkaban.flow.start.timezone", "America/Los_Angeles")]
    [InlineData("azkaban.flow.nested.path", "load:l1")]
    [InlineData("azkaban.job.id", "l1")]
    [InlineData("azkaban.job.attempt", "2")]
    [InlineData("azkaban.job.innodes", "a,b")]
    [InlineData("azkaban.job.outnodes", "c")]
    [InlineData("azkaban.job.metadata.file", "_job.42.2.load._.l1.meta")]
    [InlineData("azkaban.job.attachment.file", "_job.42.2.load._.l1.attach")]
    [InlineData("azkaban.job.log.file", "_job.42.2.load._.l1.log")]
    [InlineData("azkaban.link.job.url", "http://scheduler.example:8081/manager?project=etl&flow=daily:load&job=l1")]
    [InlineData("azkaban.link.workflow.url", "http://scheduler.example:8081/manager?project=etl&flow=daily:load")]
    [InlineData("azkaban.link.execution.url", "http://scheduler.example:8081/executor?execid=42")]
    [InlineData("azkaban.link.jobexec.url", "http://scheduler.example:8081/executor?execid=42&job=load:l1")]
    [InlineData("azkaban.link.attempt.url", "http://scheduler.example:8081/executor?execid=42&job=load:l1&attempt=2")]
    [InlineData("azkaban.url", "http://scheduler.example:8081")]
    [InlineData("azkaban.webserverhost", "scheduler.example")]
    [InlineData("azkaban.memory.check", "true")]
    [InlineData("working.dir", "/packages/42")]
    [InlineData("user.to.proxy", "ann")]
    [InlineData("jvm.args", "'-Dazkaban.flowid=daily:load' '-Dazkaban.execid=42' '-Dazkaban.jobid=l1'")]
    public void An_attempt_sees_what_Azkaban_would_tell_it(string key, string value) => Assert.Equal(value, Resolve(Facts, Embedded)[key]);

    [Fact]
    public void Nothing_else_is_added() => Assert.Equal(38, Resolve(Facts, Embedded).Count);

    [Fact]
    public void A_node_that_is_not_embedded_has_no_nested_path()
    {
        var properties = Resolve(Facts, Embedded with { Path = ["a"], WorkflowId = "daily", Attempt = 1, DefaultDirectory = null });

        Assert.DoesNotContain("azkaban.flow.nested.path", properties.Keys);
        Assert.DoesNotContain("working.dir", properties.Keys);
        Assert.Equal("_job.42.a.log", properties["azkaban.job.log.file"]);
        Assert.Equal("0", properties["azkaban.job.attempt"]);
    }

    [Fact]
    public void Without_a_base_url_there_are_no_links() => Assert.DoesNotContain(
        Resolve(Facts with { BaseUrl = null }, Embedded).Keys,
        key => key.Contains("url", StringComparison.Ordinal) || key.Contains("host", StringComparison.Ordinal));

    [Theory]
    [InlineData("UTC", "2024-03-10T09:59:58.007Z", "UTC")]
    [InlineData("Europe/London", "2024-03-10T09:59:58.007Z", "Europe/London")]
    [InlineData("Asia/Kolkata", "2024-03-10T15:29:58.007+05:30", "Asia/Kolkata")]
    public void Start_times_are_told_in_the_zone_of_the_server(string zone, string timestamp, string name)
    {
        var properties = Resolve(Facts with { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) }, Embedded);

        Assert.Equal((timestamp, name), (properties["azkaban.flow.start.timestamp"], properties["azkaban.flow.start.timezone"]));
    }

    [Theory]
    [InlineData("2024-03-10T10:00:00Z", "03", "-07:00")]
    [InlineData("2024-11-03T08:30:00Z", "01", "-07:00")]
    [InlineData("2024-11-03T09:30:00Z", "01", "-08:00")]
    public void The_hour_follows_the_clock_changes(string instant, string hour, string offset)
    {
        var properties = Resolve(Facts with { StartedAt = DateTimeOffset.Parse(instant) }, Embedded);

        Assert.Equal(hour, properties["azkaban.flow.start.hour"]);
        Assert.EndsWith(offset, properties["azkaban.flow.start.timestamp"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Initiator.Schedule, "schedule")]
    [InlineData(Initiator.Retry, "retry")]
    public void The_source_is_in_the_words_of_Azkaban(Initiator initiator, string source) =>
        Assert.Equal(source, Resolve(Facts with { Initiator = initiator }, Embedded)["azkaban.flow.executionsource"]);

    [Fact]
    public void The_uuid_belongs_to_the_execution_and_survives_its_adoption()
    {
        var first = Resolve(Facts, Embedded)["azkaban.flow.uuid"];

        Assert.True(Guid.TryParseExact(first, "D", out _));
        Assert.Equal('8', first[14]);
        var later = Resolve(Facts with { StartedAt = DateTimeOffset.UnixEpoch }, Embedded with { Attempt = 9 });
        Assert.Equal(first, later["azkaban.flow.uuid"]);
        Assert.NotEqual(first, Resolve(Facts with { ExecutionId = 43 }, Embedded)["azkaban.flow.uuid"]);
    }

    [Fact]
    public void Nobody_can_replace_what_the_system_says_and_everybody_its_defaults()
    {
        const string own = "azkaban.job.id=fake; azkaban.mine=1; user.to.proxy=hive; working.dir=sub; jvm.args=-Xmx1g";
        var layers = Of(Layer("load"), Layer("l1", own))
            .Request("azkaban.flow.execid=1", ("load:l1", "azkaban.flow.submituser=root"));
        var properties = NodeProperties.Resolve(layers with { System = System(Facts, Embedded) }).Properties();

        Assert.Equal(("l1", "42"), (properties["azkaban.job.id"], properties["azkaban.flow.execid"]));
        Assert.Equal("ann", properties["azkaban.flow.submituser"]);
        Assert.Equal(("1", "hive", "sub"), (properties["azkaban.mine"], properties["user.to.proxy"], properties["working.dir"]));
        Assert.EndsWith("'-Dazkaban.jobid=l1' -Xmx1g", properties["jvm.args"], StringComparison.Ordinal);
    }

    [Fact]
    public void Attempts_of_an_execution_do_not_see_each_other()
    {
        var execution = SystemProperties.ForExecution(Facts);
        SystemProperties.ForNode(execution, Embedded);

        Assert.DoesNotContain("azkaban.flow.nested.path", SystemProperties.ForNode(execution, Embedded with { Path = ["a"] }).Values.Keys);
    }

    private static SystemProperties System(ExecutionFacts facts, NodeFacts node) =>
        SystemProperties.ForNode(SystemProperties.ForExecution(facts), node);

    private static IReadOnlyDictionary<string, string> Resolve(ExecutionFacts facts, NodeFacts node) =>
        NodeProperties.Resolve(Of(Layer("n")) with { System = System(facts, node) }).Properties();
}
