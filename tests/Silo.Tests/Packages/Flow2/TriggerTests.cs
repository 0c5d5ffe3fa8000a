using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Packages.Flow2;

namespace Scheduler.Silo.Tests.Packages.Flow2;

public class TriggerTests
{
    private const string Cron = "schedule: {type: cron, value: '0 0 1 ? * *'}";

    [Fact]
    public async Task A_trigger_is_kept_with_its_workflow()
    {
        using var bench = new PackageBench();

        var package = await bench.DefinitionOfAsync(Files(
            $"maxWaitMins: 20000, {Cron}, triggerDependencies: [{{name: d, type: kafka, params: {{topic: t, match: 5}}}}]"));

        var trigger = package.Workflows[0].Trigger!;
        Assert.Equal(("0 0 1 ? * *", TimeSpan.FromDays(10)), (trigger.Cron, trigger.MaxWait));
        var dependency = Assert.Single(trigger.Dependencies);
        Assert.Equal(("d", "kafka", "5"), (dependency.Name, dependency.Type, dependency.Parameters["match"]));
    }

    [Fact]
    public async Task Without_dependencies_it_is_a_schedule()
    {
        using var bench = new PackageBench();

        WorkflowTrigger trigger = (await bench.DefinitionOfAsync(Files(Cron))).Workflows[0].Trigger!;

        Assert.Null(trigger.MaxWait);
        Assert.Empty(trigger.Dependencies);
    }

    [Theory]
    [InlineData("maxWaitMins: 1", "flow trigger schedule must not be null")]
    [InlineData("schedule: {type: rate, value: '0 0 1 ? * *'}", "flow trigger schedule type must be cron")]
    [InlineData("schedule: {value: '0 0 1 ? * *'}", "flow trigger schedule type must be cron")]
    [InlineData("schedule: {type: cron}", "flow trigger schedule value must be a valid cron expression")]
    [InlineData("schedule: {type: cron, value: '0 1 * * *'}", "flow trigger schedule value must be a valid cron expression")]
    [InlineData("schedule: {type: cron, value: '* 0 1 ? * *'}", "interval of flow trigger schedule has to be larger than 1 min")]
    [InlineData("schedule: {type: cron, value: '0 0 1 ? * *', zone: UTC}", "flow trigger schedule must contain type and value only")]
    [InlineData(Cron + ", triggerDependencies: [{name: a, type: t}]", "max wait min cannot be null unless no dependency is defined")]
    [InlineData(Cron + ", maxWaitMins: 0", "max wait min must be at least 1 min(s)")]
    [InlineData(Cron + ", maxWaitMins: soon", "'maxWaitMins' takes a whole number of minutes")]
    [InlineData(Cron + ", maxWaitMins: 5, triggerDependencies: [{type: t}]", "dependency name is required")]
    [InlineData(Cron + ", maxWaitMins: 5, triggerDependencies: [{name: a}]", "dependency type is required for a")]
    [InlineData(Cron + ", maxWaitMins: 5, triggerDependencies: [{name: a, type: t}, {name: a, type: u}]", "duplicate dependency.name a found, dependency.name should be unique")]
    [InlineData(Cron + ", maxWaitMins: 5, triggerDependencies: [{name: a, type: t, params: {x: 1, y: 2}}, {name: b, type: t, params: {y: 2, x: 1}}]", "duplicate dependencyconfig b found, dependency config should be unique")]
    [InlineData(Cron + ", when: now", "Unable to find property 'when' of the trigger")]
    public async Task Each_rule_has_its_text(string trigger, string message)
    {
        using var bench = new PackageBench();

        var error = Assert.Single(await bench.ErrorsOfAsync(Files(trigger)));

        Assert.Equal("Error loading flow yaml file f.flow:" + message, error.Message);
        Assert.Equal(("f.flow", 2), (error.File, error.Line));
    }

    [Theory]
    [InlineData("0 0 1 ? * *", true)]
    [InlineData("0 0/5 14,18 * * ?", true)]
    [InlineData("0 0-5 14 * * ?", true)]
    [InlineData("0 15 10 ? * MON-FRI", true)]
    [InlineData("0 15 10 ? * fri-mon 2026-2030", true)]
    [InlineData("0 15 10 L * ?", true)]
    [InlineData("0 15 10 L-2 * ?", true)]
    [InlineData("0 15 10 LW * ?", true)]
    [InlineData("0 15 10 15W * ?", true)]
    [InlineData("0 15 10 ? * 6L", true)]
    [InlineData("0 15 10 ? * FRI#3", true)]
    [InlineData("*/10 * 22-2 ? JAN,MAR *", true)]
    [InlineData("", false)]
    [InlineData("0 0 1 * * *", false)]
    [InlineData("0 0 1 ? * ?", false)]
    [InlineData("? 0 1 ? * *", false)]
    [InlineData("60 0 1 ? * *", false)]
    [InlineData("0 0 24 ? * *", false)]
    [InlineData("0 0 1 0 * ?", false)]
    [InlineData("0 0 1 ? 13 *", false)]
    [InlineData("0 0 1 ? * 0", false)]
    [InlineData("0 0 1 ? * 8", false)]
    [InlineData("0 */0 1 ? * *", false)]
    [InlineData("0 */60 1 ? * *", false)]
    [InlineData("0 0 1 ? * FRI#6", false)]
    [InlineData("0 0 1 1,L * ?", false)]
    [InlineData("0 0 1 ? * * 1969", false)]
    [InlineData("0 0 1 ? * * 2026 x", false)]
    [InlineData("0 1-2-3 1 ? * *", false)]
    [InlineData("0 -1 1 ? * *", false)]
    [InlineData("@daily", false)]
    public void Cron_expressions_are_those_of_Quartz(string expression, bool isValid) => Assert.Equal(isValid, CronSyntax.IsValid(expression));

    private static (string, string)[] Files(string trigger) =>
        [("p.project", "azkaban-flow-version: 2.0"), ("f.flow", $"nodes: []\ntrigger: {{{trigger}}}")];
}
