using Microsoft.Extensions.Options;
using Scheduler.Contracts;
using Scheduler.Silo.Cli;

namespace Scheduler.Silo.Tests.Cli;

public class FailuresTests
{
    [Fact]
    public void Wrong_options_are_listed_and_are_the_callers_mistake()
    {
        var (code, text) = Report(new OptionsValidationException("", typeof(object), ["Slots is wrong.", "Zone is wrong."]));

        Assert.Equal(ExitCodes.Invalid, code);
        Assert.Equal(["Slots is wrong.", "Zone is wrong."], text);
    }

    [Fact]
    public void The_innermost_cause_is_told_in_one_line_without_a_trace()
    {
        var (code, text) = Report(new StorageUnavailableException("gave up", new InvalidOperationException("no route\nto host")));

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Equal(["The database cannot be reached: no route to host"], text);
    }

    [Fact]
    public void A_trace_is_shown_to_those_who_ask() =>
        Assert.Contains(Report(new InvalidOperationException("odd"), isVerbose: true).Text, line => line.Contains("InvalidOperationException"));

    private static (int Code, string[] Text) Report(Exception exception, bool isVerbose = false)
    {
        using var errors = new StringWriter();
        var code = Failures.Report(exception, isVerbose, errors);
        return (code, errors.ToString().TrimEnd().Split(Environment.NewLine));
    }
}
