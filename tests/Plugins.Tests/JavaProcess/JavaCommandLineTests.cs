using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.JavaProcess;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.JavaProcess;

public sealed class JavaCommandLineTests
{
    [Fact]
    public void Everything_has_its_place()
    {
        var words = Words(
            ("jvm.args", "'-Dazkaban.jobid=load it' -ea"), ("Xms", "1G"), ("Xmx", "2G"), ("classpath", "./lib/*, conf ,a.jar"),
            ("main.args", "--day 'a b'"));

        Assert.Equal(
            ["java", "-Dazkaban.jobid=load it", "-ea", "-Xms1G", "-Xmx2G", "-cp", "./lib/*:conf:a.jar", "com.x.Main", "--day", "a b"], words);
    }

    [Fact]
    public void Memory_and_class_path_have_defaults()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b b.jar", "");
        folder.Write("a.jar", "");
        folder.Write("lib/c.jar", "");

        Assert.Equal(
            ["java", "-Xms64M", "-Xmx256M", "-cp", "a.jar:b b.jar", "com.x.Main"],
            JavaCommandLine.Create(new Dictionary<string, string>(), "com.x.Main", folder.Path));
    }

    [Fact]
    public void Without_any_jar_there_is_no_class_path() =>
        Assert.DoesNotContain("-cp", Words());

    [Fact]
    public async Task A_job_without_a_class_is_refused()
    {
        using var context = new TestContext(("classpath", "x"));

        var failure = await new JavaProcessPlugin(new ProcessOptions(), context.Scratch).RunAsync(context, CancellationToken.None);

        Assert.Equal(new NodeResult.Failed("property.missing", "Missing required property 'java.class'", CanRetry: false), failure);
    }

    private static IReadOnlyList<string> Words(params (string Key, string Value)[] properties)
    {
        using var folder = new TemporaryFolder();
        return JavaCommandLine.Create(properties.ToDictionary(property => property.Key, property => property.Value), "com.x.Main", folder.Path);
    }
}
