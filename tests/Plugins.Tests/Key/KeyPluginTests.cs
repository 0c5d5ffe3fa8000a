using System.Globalization;
using Scheduler.Contracts.Keys;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Key;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Key;

public sealed class KeyPluginTests
{
    private const string Start = "2026-03-10T08:00:00.000+08:00";

    [Fact]
    public async Task It_asks_for_its_own_project_and_start_unless_told_otherwise()
    {
        var (_, question) = await RunAsync(new KeyAnswer.Satisfied([7]));

        Assert.Equal(("reports", "load", "admin"), (question!.ProjectName, question.WorkflowId, question.AskedBy));
        Assert.Equal((At(Start), KeyWindow.SameDay, KeyPolicy.All), (question.ScheduledAt, question.Window, question.Policy));
    }

    [Fact]
    public async Task It_asks_for_what_its_settings_say()
    {
        var (_, question) = await RunAsync(
            new KeyAnswer.Satisfied([7]), ("project", "sales"), ("window", "last-days"), ("days", "7"), ("policy", "nearest-before"),
            ("business.date", "2026-01-31"));

        Assert.Equal(("sales", KeyWindow.LastDays, 7, KeyPolicy.NearestBefore), (question!.ProjectName, question.Window, question.Days, question.Policy));
        Assert.Equal(At("2026-02-01T12:00+08:00"), question.ScheduledAt);
    }

    [Fact]
    public async Task It_hands_on_what_satisfied_it()
    {
        var (result, _) = await RunAsync(new KeyAnswer.Satisfied([7, 8]));

        Assert.Equal("7,8", Assert.IsType<NodeResult.Succeeded>(result).Outputs["key.executions"]);
    }

    [Fact]
    public async Task It_waits_while_the_answer_is_open_and_fails_when_it_is_refused()
    {
        var (open, _) = await RunAsync(new KeyAnswer.Open("not yet"), ("check.every", "5s"));
        var (refused, _) = await RunAsync(new KeyAnswer.Refused("key.no-project", "no"));

        Assert.Equal(new NodeResult.Waiting("not yet", TimeSpan.FromSeconds(5)), open);
        Assert.Equal(new NodeResult.Failed("key.no-project", "no", CanRetry: false), refused);
    }

    [Fact]
    public async Task A_business_date_that_is_none_fails_before_anything_is_asked()
    {
        var (result, question) = await RunAsync(new KeyAnswer.Satisfied([7]), ("business.date", "2026-02-30"));

        Assert.Equal("key.business-date", Assert.IsType<NodeResult.Failed>(result).Code);
        Assert.Null(question);
    }

    private static async Task<(NodeResult Result, KeyQuestion? Question)> RunAsync(KeyAnswer answer, params (string Key, string Value)[] settings)
    {
        using var context = new TestContext(
            [("azkaban.flow.projectname", "reports"), ("azkaban.flow.submituser", "admin"), ("azkaban.flow.start.timestamp", Start),
            ("workflow", "load"), .. settings]);
        var resolver = new Answering(answer);
        return (await new KeyPlugin(() => resolver).RunAsync(context, CancellationToken.None), resolver.Asked);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private sealed class Answering(KeyAnswer answer) : IKeyResolver
    {
        public KeyQuestion? Asked { get; private set; }

        public Task<KeyAnswer> ResolveAsync(KeyQuestion question, CancellationToken cancellationToken)
        {
            Asked = question;
            return Task.FromResult(answer);
        }
    }
}
