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

    [Fact]
    public async Task A_file_of_the_package_runs_in_its_own_place()
    {
        using var context = new TestContext(("script.file", "bin/a.sh"), ("arguments", "[\"x y\", \"\", \"'\"]"));
        context.Folder.Write("bin/a.sh", "#!/bin/bash\n. \"$(dirname \"$0\")/b.sh\"; echo \"$b $# $1|$2|$3\"");
        context.Folder.Write("bin/b.sh", "b=neighbour");

        Assert.IsType<NodeResult.Succeeded>(await RunAsync(context));

        Assert.Equal("neighbour 3 x y||'\n", context.Recorded.Text);
    }

    [Theory]
    [InlineData("package-file.missing", "script.file=none.sh")]
    [InlineData("package-file.outside", "script.file=../../etc/passwd")]
    [InlineData("package-file.outside", "script.file=link")]
    [InlineData("shell.two-scripts", "script.file=a.sh", "script=true")]
    [InlineData("shell.parameter-name", "script=true", "param.path=/evil")]
    [InlineData("shell.parameter-name", "script=true", "param.ld.preload=/evil")]
    [InlineData("shell.parameter-name", "script=true", "param.a.b=1", "param.a-b=2")]
    [InlineData("shell.limit", "script=true", "limit.files=100000")]
    [InlineData("shell.user", "script=true", "user.to.proxy=root-of-all")]
    public async Task What_cannot_run_safely_is_refused(string code, params string[] settings)
    {
        using var context = new TestContext([.. settings.Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]))]);
        File.CreateSymbolicLink(Path.Combine(context.Folder.Path, "link"), "/etc/passwd");

        var failure = Assert.IsType<NodeResult.Failed>(await RunAsync(context, new ProcessOptions { MaxOpenFiles = 1000 }));

        Assert.Equal((code, false), (failure.Code, failure.CanRetry));
    }

    [Fact]
    public async Task Whoever_ordered_the_execution_need_not_be_a_user_of_the_system()
    {
        using var context = new TestContext(("script", "id -un"), ("user.to.proxy", "ann"), ("azkaban.flow.submituser", "ann"));

        await RunAsync(context);

        Assert.Equal($"{Environment.UserName}\n", context.Recorded.Text);
    }

    [Fact]
    public async Task Declared_parameters_are_variables_of_their_own_name_and_secrets_come_by_the_environment()
    {
        using var context = new TestContext(
            ("script", "echo \"$BIZ_DATE|$PASSWORD|$PARAM_env_PASSWORD\"; grep -c '^env.PASSWORD=hunter2' $JOB_PROP_FILE"),
            ("param.biz.date", "$(id) ' \""), ("env.PASSWORD", "${secret:db}"));
        context.Secrets["db"] = "hunter2";

        await RunAsync(context);

        Assert.Equal("$(id) ' \"|hunter2|${secret:db}\n0\n", context.Recorded.Text);
    }

    [Fact]
    public async Task Limits_reach_the_script_and_those_of_the_options_are_for_everybody()
    {
        using var context = new TestContext(
            ("script", "ulimit -t; ulimit -v; ulimit -n; ulimit -u"), ("limit.cpu", "10m"), ("limit.memory", "512M"), ("limit.processes", "50000"));

        await RunAsync(context, new ProcessOptions { MaxOpenFiles = 1000, MaxMemory = 1L << 30 });

        Assert.Equal("600\n524288\n1000\n50000\n", context.Recorded.Text);
    }

    [Fact]
    public async Task A_script_that_takes_too_much_memory_fails()
    {
        using var context = new TestContext(("script", "exec python3 -c 'x = bytearray(300_000_000)'"), ("limit.memory", "200M"));

        Assert.Equal("process.exit-code", Assert.IsType<NodeResult.Failed>(await RunAsync(context)).Code);
        Assert.Contains("MemoryError", context.Recorded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_user_runs_the_script_and_hands_on_outputs()
    {
        if (!Environment.IsPrivilegedProcess) return;

        using var context = new TestContext(
            ("script", "id -un; echo \"$HOME $USER\"; grep -c '^user.to.proxy=nobody' $JOB_PROP_FILE; echo '{\"a\": \"b\"}' > $JOB_OUTPUT_PROP_FILE"),
            ("user.to.proxy", "nobody"), ("limit.files", "100"));
        LetIn(context);

        var result = Assert.IsType<NodeResult.Succeeded>(await RunAsync(context, new ProcessOptions { ProxyUsers = ["nobody"] }));

        Assert.Equal("nobody\n/nonexistent nobody\n1\n", context.Recorded.Text);
        Assert.Equal("b", result.Outputs["a"]);
        Assert.Empty(context.Files);
    }

    [Fact]
    public async Task What_another_user_has_started_ends_with_the_attempt()
    {
        if (!Environment.IsPrivilegedProcess) return;

        using var context = new TestContext(("script", "setsid sleep 600 & echo ready; sleep 600"), ("user.to.proxy", "nobody"), ("kill.grace.ms", "0"));
        LetIn(context);
        using var stop = new CancellationTokenSource();

        var run = new ShellPlugin(new ProcessOptions { ProxyUsers = ["nobody"] }, context.Scratch).RunAsync(context, stop.Token);
        await Eventually.TrueAsync(() => context.Recorded.Text == "ready\n" || run.IsCompleted, "the script is ready");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(ProcessTable.Find(new MarkerSet([context.Marker]).Matches));
    }

    private static void LetIn(TestContext context) =>
        File.SetUnixFileMode(context.Folder.Path, File.GetUnixFileMode(context.Folder.Path) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);

    private static Task<NodeResult> RunAsync(TestContext context, ProcessOptions? options = null) =>
        new ShellPlugin(options ?? new ProcessOptions(), context.Scratch).RunAsync(context, CancellationToken.None);
}
