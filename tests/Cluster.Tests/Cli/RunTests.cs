using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Cli;

public sealed class RunTests : IDisposable
{
    private static readonly (string File, string Text)[] Diamond =
    [
        ("extract.job", "type=command\ncommand=echo extract"),
        ("orders.job", "type=command\ncommand=echo orders\ndependencies=extract"),
        ("customers.job", "type=command\ncommand=echo customers\ndependencies=extract"),
        ("report.job", "type=command\ncommand=echo report\ndependencies=orders,customers"),
    ];

    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_workflow_runs_and_leaves_nothing_behind()
    {
        var result = await folder.RunAsync("run", folder.Package("sales", Diamond));

        Assert.True(result.Code == 0, $"{result}");
        Assert.All(Diamond, file => Assert.Contains($"{file.File[..^4]} Succeeded", result.Output, StringComparison.Ordinal));
        Assert.Matches(@"\nreport Succeeded in [^\n]*: 4 Succeeded\n\z", result.Output);
        Assert.Empty(result.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Temporary));
    }

    [Fact]
    public async Task An_archive_runs_like_its_folder()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "sales.zip"), Zip.Of(Diamond));

        Assert.Equal(0, (await folder.RunAsync("run", "sales.zip", "--flow", "report")).Code);
    }

    [Fact]
    public async Task On_a_terminal_the_nodes_are_drawn_in_place()
    {
        var result = await folder.RunOnTerminalAsync($"{CommandFolder.Program} run {folder.Package("sales", Diamond)}");

        Assert.True(result.Code == 0, $"{result}");
        Assert.Contains("✓", result.Output, StringComparison.Ordinal);
        Assert.Contains("4 of 4 nodes", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?25h", result.Output[..(result.Output.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) + 6)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_node_is_named_with_the_reason_and_the_last_20_lines_of_its_log()
    {
        var result = await folder.RunAsync("run", folder.Package("bad", ("load.job", "type=command\ncommand=sh -c 'seq 100; exit 7'")));

        Assert.Equal(1, result.Code);
        var lines = result.Output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("load Failed", StringComparison.Ordinal) && line.Contains('7'));
        Assert.Equal(20, lines.Count(line => line.StartsWith("  │ ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.EndsWith(" 100", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.EndsWith(" 50", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_package_is_answered_with_every_error_and_its_place()
    {
        var package = folder.Package(
            "broken", ("a.job", "type=command\ncommand=true\ndependencies=nowhere"), ("b.job", "type=command\ncommand=true\ndependencies=neither"));

        var result = await folder.RunAsync("run", package);

        Assert.Equal(2, result.Code);
        Assert.Empty(result.Output);
        Assert.Matches(@"(?m)^error: a\.job(:\d+)?: .*nowhere", result.Errors);
        Assert.Matches(@"(?m)^error: b\.job(:\d+)?: .*neither", result.Errors);
    }

    [Fact]
    public async Task Parameters_reach_the_nodes_and_disabled_nodes_are_passed_over()
    {
        var package = folder.Package(
            "params", ("check.job", "type=command\ncommand=test '${day}' = 2026-03-01"), ("mail.job", "type=command\ncommand=false\ndependencies=check"));

        var result = await folder.RunAsync("run", package, "--set", "day=2026-03-01", "--disable", "mail");

        Assert.True(result.Code == 0, $"{result}");
        Assert.Contains("1 Succeeded, 1 Skipped", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.zip", "There is no file or folder 'nowhere.zip'.")]
    [InlineData("two", "The package has several workflows. Choose one with --flow.")]
    [InlineData("two --flow frist", "The package has no workflow 'frist'; did you mean 'first'?")]
    [InlineData("two --flow first --disable frist", "Workflow first has no node 'frist'; did you mean 'first'?")]
    public async Task An_order_that_makes_no_sense_is_explained(string order, string explanation)
    {
        folder.Package("two", ("first.job", "type=noop"), ("second.job", "type=noop"));

        var result = await folder.RunAsync(["run", .. order.Split(' ')]);

        Assert.Equal(2, result.Code);
        Assert.Equal(explanation, result.Errors.Split('\n')[0]);
    }

    [Fact]
    public async Task What_is_kept_can_be_added_to()
    {
        var package = folder.Package("sales", Diamond);

        Assert.Contains("as execution 1.", (await folder.RunAsync("run", package, "--data", "kept")).Output, StringComparison.Ordinal);
        Assert.Contains("as execution 2.", (await folder.RunAsync("run", package, "--data", "kept")).Output, StringComparison.Ordinal);
    }
}
