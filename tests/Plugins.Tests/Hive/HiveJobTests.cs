using Scheduler.Plugins.Hive;

namespace Scheduler.Plugins.Tests.Hive;

public sealed class HiveJobTests
{
    [Theory]
    [InlineData("hive.script= etl/day.hql", "etl/day.hql", null)]
    [InlineData("hive.query.file=day.hql|azk.hive.action=execute.query", "day.hql", null)]
    [InlineData("hive.query=select 1", null, "select 1")]
    [InlineData("hive.query.10=c|hive.query.02=b|hive.query.00=a|hive.query.notes=x", null, "a\nb\nc")]
    public void A_job_names_its_script_or_holds_its_query(string properties, string? path, string? query)
    {
        Assert.Null(HiveJob.Read(Properties(properties), out var job));
        Assert.Equal((path, query), (job.ScriptPath, job.Query));
    }

    [Fact]
    public void Variables_and_settings_keep_the_rest_of_their_names()
    {
        Assert.Null(HiveJob.Read(Properties("hive.script=x|hivevar.day=1|hiveconf.hive.exec.parallel=true|hiveconf.day=2|hivevars=3"), out var job));

        Assert.Equal(Properties("day=1"), job.Variables);
        Assert.Equal(Properties("hive.exec.parallel=true|day=2"), job.Settings);
    }

    [Theory]
    [InlineData("type=hive", "hive.no-script")]
    [InlineData("hive.script= ", "hive.no-script")]
    [InlineData("hive.query=", "hive.no-script")]
    [InlineData("hive.script=a|hive.query=b", "hive.several-scripts")]
    [InlineData("hive.script=a|hive.query.file=a", "hive.several-scripts")]
    [InlineData("hive.query=a|hive.query.01=b", "hive.several-scripts")]
    [InlineData("hive.query.1=a", "hive.bad-line")]
    [InlineData("hive.query.001=a|hive.query.02=b", "hive.bad-line")]
    [InlineData("hive.query.url=http://x/y", "hive.query-from-url")]
    [InlineData("hive.script=a|azk.hive.action=drop.all.partitions", "hive.unsupported-action")]
    [InlineData("hive.script=a|hivevar.=b", "hive.nameless-variable")]
    public void Contradictions_are_failures(string properties, string code) => Assert.Equal(code, HiveJob.Read(Properties(properties), out _)?.Code);

    private static Dictionary<string, string> Properties(string text) =>
        text.Split('|').Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
}
