using Scheduler.Silo.Cli;
using Scheduler.Silo.Cli.Run;

namespace Scheduler.Silo.Tests.Cli;

public class CommandLineTests
{
    [Theory]
    [InlineData("rnu examples/diamond", "There is no verb 'rnu'; did you mean 'run'?", "Try: scheduler --help")]
    [InlineData("user lsit", "There is no verb 'lsit'; did you mean 'list'?", "Try: scheduler user --help")]
    [InlineData("run x.zip --flo nightly", "There is no option '--flo'; did you mean '--flow'?", "Try: scheduler run --help")]
    [InlineData("run", "Required argument missing for command: 'run'.", "Try: scheduler run --help")]
    [InlineData("run x.zip --set novalue", "'novalue' is no parameter; write --set name=value.", "Try: scheduler run --help")]
    [InlineData("serve --urls nonsense", "'nonsense' is no address to answer HTTP on; write it like http://127.0.0.1:8081.", "Try: scheduler serve --help")]
    [InlineData("datasource create a mysql host", "'host' is no option; write it like host=db.example.org.", "Try: scheduler datasource create --help")]
    [InlineData("", "Required command was not provided.", "Try: scheduler --help")]
    public async Task What_was_typed_wrong_is_explained_and_exits_with_2(string line, string first, string last)
    {
        var (code, output, errors) = await RunAsync(line);

        Assert.Equal(ExitCodes.Invalid, code);
        Assert.Empty(output);
        Assert.Equal(first, errors[0]);
        Assert.Equal(last, errors[^1]);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var (code, output, _) = await RunAsync("--version");

        Assert.Equal(ExitCodes.Succeeded, code);
        Assert.Matches(@"\Ascheduler \d+\.\d+\.\d+\z", Assert.Single(output));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    [InlineData("serve")]
    [InlineData("migrate")]
    [InlineData("user")]
    [InlineData("user add")]
    [InlineData("user passwd")]
    [InlineData("user list")]
    [InlineData("user disable")]
    [InlineData("user enable")]
    [InlineData("user grant")]
    [InlineData("user import")]
    [InlineData("datasource")]
    [InlineData("datasource create")]
    [InlineData("datasource list")]
    [InlineData("datasource show")]
    [InlineData("datasource set")]
    [InlineData("datasource password")]
    [InlineData("datasource test")]
    [InlineData("datasource grant")]
    [InlineData("datasource revoke")]
    [InlineData("datasource delete")]
    [InlineData("secret")]
    [InlineData("secret set")]
    [InlineData("secret list")]
    [InlineData("secret grant")]
    [InlineData("secret revoke")]
    [InlineData("secret delete")]
    public async Task Every_verb_has_a_help_page_with_examples_that_the_command_line_understands(string verb)
    {
        var (code, output, _) = await RunAsync($"{verb} --help");

        Assert.Equal(ExitCodes.Succeeded, code);
        var examples = output.SkipWhile(line => line != "Examples:").Skip(1).Where(line => line.Length > 0).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.StartsWith($"  scheduler {verb}", example, StringComparison.Ordinal));
        Assert.All(examples, example => Assert.Empty(SchedulerCommand.CreateRoot().Parse(example.Trim().Split("  ")[0].Split(" <")[0]["scheduler ".Length..]).Errors));
    }

    [Fact]
    public void An_order_to_run_is_read_from_the_flags()
    {
        var parsed = SchedulerCommand.CreateRoot().Parse(
            ["run", "x.zip", "--flow", "nightly", "--set", "a=1", "--set", "b=x=y", "--set", "a=2", "--disable", "mail", "--disable", "load:read"]);

        var order = RunCommand.Read(parsed);

        Assert.Equal(("x.zip", "nightly", false), (order.Path, order.Workflow, order.IsPlain));
        Assert.Equal([new("a", "2"), new("b", "x=y")], order.Parameters.OrderBy(pair => pair.Key));
        Assert.Equal(["mail", "load:read"], order.Disabled);
    }

    [Fact]
    public void Logs_and_a_live_display_exclude_each_other() =>
        Assert.True(RunCommand.Read(SchedulerCommand.CreateRoot().Parse(["run", "x.zip", "--verbose"])).IsPlain);

    private static async Task<(int Code, string[] Output, string[] Errors)> RunAsync(string line)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await SchedulerCommand.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), output, errors);
        return (code, Lines(output), Lines(errors));
    }

    private static string[] Lines(StringWriter text) =>
        text.ToString().TrimEnd().Split(Environment.NewLine) is [""] ? [] : text.ToString().TrimEnd().Split(Environment.NewLine);
}
