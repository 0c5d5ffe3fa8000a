using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Tests.Packages;

public sealed class SettingRulesTests : IDisposable
{
    private readonly PackageBench bench = new();

    [Fact]
    public async Task A_constant_that_is_not_allowed_refuses_the_package_at_its_line()
    {
        var errors = await bench.ErrorsOfAsync(("a.job", "type=load\ntable=t\nbatch.size=0\n"), ("b.job", "type=load\nmode=x\ntable=t\n"));

        Assert.Equal(
            [
                Finding.Error("settings.range", "a: batch.size: '0' is not a whole number from 1 to 10000", "a.job", 3),
                Finding.Error("settings.enum", "b: mode: 'x' is not one of append, overwrite", "b.job", 2),
            ],
            errors);
    }

    [Fact]
    public async Task Inherited_settings_count_and_own_ones_win()
    {
        Assert.Empty(await bench.WarningsOfAsync(("common.properties", "table=t\nbatch.size=0\n"), ("a.job", "type=load\nbatch.size=1\n")));

        Assert.Equal("settings.range", Assert.Single(await bench.ErrorsOfAsync(("common.properties", "table=t\nbatch.size=0\n"), ("a.job", "type=load\n"))).Code);
    }

    [Fact]
    public async Task What_is_missing_may_still_come_and_is_a_warning()
    {
        var warning = Assert.Single(await bench.WarningsOfAsync(("a.job", "type=load\n")));

        Assert.Equal(Finding.Warning("settings.missing", "a: table is required", "a.job", 1), warning);
    }

    [Fact]
    public async Task A_property_that_is_nearly_a_setting_is_a_warning_unless_something_refers_to_it()
    {
        var warning = Assert.Single(await bench.WarningsOfAsync(("a.job", "type=load\ntable=t\nbatchsize=5\n")));
        Assert.Equal(
            Finding.Warning("settings.unknown", "a: node type load has no setting 'batchsize'; did you mean 'batch.size'?", "a.job", 3), warning);

        Assert.Empty(await bench.WarningsOfAsync(("a.job", "type=load\ntable=t\nbatchsize=5\nbatch.size=${batchsize}\n")));
    }

    [Fact]
    public async Task A_node_of_a_flow_file_inherits_from_the_flows_around_it()
    {
        const string Flow =
            """
            config:
              table: t
            nodes:
            - name: box
              type: flow
              config:
                mode: x
              nodes:
              - name: inner
                type: load
            """;

        var error = Assert.Single(await bench.ErrorsOfAsync(("p.project", "azkaban-flow-version: 2.0"), ("f.flow", Flow)));

        Assert.Equal(Finding.Error("settings.enum", "f:box:inner: mode: 'x' is not one of append, overwrite", "f.flow", 7), error);
    }

    [Theory]
    [InlineData("type=command\nkill.grace.ms=\nworking.dir=\njob.dump.properties=yes\n")]
    [InlineData("type=command\ncommand=echo\ncommand.1=echo\ncommands=2\nenv.A=1\nretries=\n")]
    [InlineData("type=javaprocess\n")]
    [InlineData("type=noop\nanything=1\n")]
    [InlineData("type=unheard-of\ntable=\n")]
    public async Task What_azkaban_accepts_is_accepted(string job) =>
        Assert.DoesNotContain(await bench.WarningsOfAsync(("a.job", job)), finding => finding.Severity == Severity.Error);

    public void Dispose() => bench.Dispose();
}
