using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Shell;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Shell;

public sealed class ShellPluginTests
{
    [Fact]
    public async Task A_script_runs_in_bash_with_its_arguments()
    {
        using var context = new TestContext(("script", "a=(1 2)\necho \"$BASH $# $1 ${a[1]}\"\n"), ("arguments", "'x y' z"));

        Assert.IsType<NodeResult.Succeeded>(await RunAsync(context));

        Assert.EndsWith("bash 2 x y 2\n", context.Recorded.Text, StringComparison.Ordinal);
        Assert.Empty(context.Files);
    }

    [Theory]
    [InlineData("#!/usr/bin/env python3\nprint('from python')", null, "from python\n")]
    [InlineData("#! /bin/sh -u \necho $no_such || true", null, "parameter not set")]
    [InlineData("#!/bin/sh\nprint(1)", "python3 -u", "1\n")]
    public async Task The_property_beats_the_first_line_and_that_beats_bash(string script, string? interpreter, string output)
    {
        using var context = new TestContext(
            interpreter is null ? [("script", script)] : [("script", script), ("interpreter", interpreter)]);

        await RunAsync(context);

        Assert.EndsWith(output.Trim(), context.Recorded.Text.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_are_variables_and_cannot_break_out()
    {
        using var context = new TestContext(
            ("script", "echo \"$PARAM_biz_date|$PARAM_evil|$PATH\" | cut -c1-60; echo ${PARAM_script-none}"),
            ("biz.date", "2024-02-29"), ("evil", "'; rm -rf / \"$(id)`"), ("PATH", "/evil"));

        await RunAsync(context);

        Assert.StartsWith("2024-02-29|'; rm -rf / \"$(id)`|/", context.Recorded.Text, StringComparison.Ordinal);
        Assert.EndsWith("\nnone\n", context.Recorded.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/evil", context.Recorded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_revealed_in_variables_of_ones_own_and_in_no_file()
    {
        using var context = new TestContext(
            ("script", "echo $PASSWORD; echo $PARAM_env_PASSWORD; grep -c hunter2[2] $JOB_PROP_FILE"), ("env.PASSWORD", "${secret:db}"));
        context.Secrets["db"] = "hunter22";

        await RunAsync(context);

        Assert.Equal("hunter22\n${secret:db}\n0\n", context.Recorded.Text);
    }

    [Fact]
    public async Task What_is_too_long_for_a_variable_is_named_and_in_the_file()
    {
        using var context = new TestContext(
            ("script", "echo ${PARAM_big-none}; grep -c '^big=x' $JOB_PROP_FILE"), ("big", new string('x', 200_000)));

        Assert.IsType<NodeResult.Succeeded>(await RunAsync(context));

        Assert.Equal("none\n1\n", context.Recorded.Text);
        Assert.Contains("Warn: Too long for a variable, read them from JOB_PROP_FILE: big", context.Recorded.Lines);
    }

    [Theory]
    [InlineData("shell.zero-character", "echo \0")]
    [InlineData("shell.too-long", null)]
    [InlineData("property.missing", "")]
    public async Task A_script_that_cannot_run_is_refused(string code, string? script)
    {
        script ??= new string('#', 50_000_000);
        using var context = new TestContext(script.Length == 0 ? [] : [("script", script)]);

        var failure = Assert.IsType<NodeResult.Failed>(await RunAsync(context));

        Assert.Equal((code, false), (failure.Code, failure.CanRetry));
    }

    [Fact]
    public async Task A_script_of_megabytes_runs()
    {
        using var context = new TestContext(("script", string.Concat(Enumerable.Repeat(": padding padding padding\n", 40_000)) + "echo end"));

        Assert.IsType<NodeResult.Succeeded>(await RunAsync(context));

        Assert.Equal("end\n", context.Recorded.Text);
    }

    [Fact]
    public async Task Marks_of_windows_are_warned_of_and_kept()
    {
        using var context = new TestContext(("script", "\uFEFFecho a\r\necho b\r\n"));

        await RunAsync(context);

        Assert.Equal(2, context.Recorded.Lines.Count(line => line.StartsWith("Warn:", StringComparison.Ordinal)));
        Assert.EndsWith("b\r\n", context.Recorded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_of_windows_are_removed_on_request()
    {
        using var context = new TestContext(("script", "\uFEFF#!/bin/bash\r\necho a\r\necho b\r\n"), ("script.normalize", "true"));

        Assert.IsType<NodeResult.Succeeded>(await RunAsync(context));

        Assert.DoesNotContain(context.Recorded.Lines, line => line.StartsWith("Warn:", StringComparison.Ordinal));
        Assert.Equal("a\nb\n", context.Recorded.Text);
    }

    private static Task<NodeResult> RunAsync(TestContext context) =>
        new ShellPlugin(new ProcessOptions(), context.Scratch).RunAsync(context, CancellationToken.None);
}
