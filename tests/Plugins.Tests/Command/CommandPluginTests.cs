using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Command;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Command;

public sealed class CommandPluginTests
{
    [Fact]
    public async Task Commands_run_in_order_until_a_number_is_missing()
    {
        using var context = new TestContext(
            ("command", "echo zero"), ("command.1", "echo one"), ("command.2", "echo two"), ("command.4", "echo four"));

        Assert.Equal(NodeResult.Succeeded.WithoutOutputs, await RunAsync(context));
        Assert.Equal("zero\none\ntwo\n", context.Recorded.Text);
    }

    [Fact]
    public async Task A_command_that_takes_long_is_not_taken_for_what_the_one_before_it_left_behind()
    {
        using var context = new TestContext(("command", "echo zero"), ("command.1", "sleep 2.5"), ("command.2", "echo two"));

        Assert.Equal(NodeResult.Succeeded.WithoutOutputs, await RunAsync(context));
    }

    [Fact]
    public async Task Numbers_start_at_1()
    {
        using var context = new TestContext(("command", "echo zero"), ("command.0", "echo again"));

        await RunAsync(context);

        Assert.Equal("zero\n", context.Recorded.Text);
    }

    [Fact]
    public async Task The_first_failure_is_the_last_command()
    {
        using var context = new TestContext(("command", "echo zero"), ("command.1", "bash -c 'exit 3'"), ("command.2", "echo two"));

        Assert.Equal(new NodeResult.Failed("process.exit-code", "The command ended with exit code 3"), await RunAsync(context));
        Assert.Equal("zero\n", context.Recorded.Text);
    }

    [Fact]
    public async Task A_signal_is_told_from_an_exit_code()
    {
        using var context = new TestContext(("command", "bash -c 'kill -9 $$'"));

        Assert.Equal(
            new NodeResult.Failed("process.signal", "The command was ended by signal 9 (exit code 137)"), await RunAsync(context));
    }

    [Theory]
    [InlineData("property.missing")]
    [InlineData("property.missing", "command.1", "echo x")]
    [InlineData("command.empty", "command", "  ")]
    [InlineData("process.not-started", "command", "no-such-program x")]
    [InlineData("property.bad-number", "command", "true", "kill.grace.ms", "soon")]
    [InlineData("property.bad-number", "command", "true", "kill.grace.ms", "-1")]
    [InlineData("working-dir.outside", "command", "true", "working.dir", "/etc")]
    public async Task What_cannot_work_is_not_tried_again(string code, params string[] properties)
    {
        using var context = new TestContext([.. properties.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        var failure = Assert.IsType<NodeResult.Failed>(await RunAsync(context));

        Assert.Equal(code, failure.Code);
        Assert.False(failure.CanRetry);
        Assert.Empty(context.Files);
    }

    [Fact]
    public async Task The_files_and_variables_of_azkaban_are_there()
    {
        using var context = new TestContext(
            ("command", "bash -c 'ls -l \"$JOB_OUTPUT_PROP_FILE\" | cut -c1-10; cat \"$JOB_PROP_FILE\"; echo $JOB_NAME $GREETING $KRB5CCNAME'"),
            ("env.GREETING", "hi"), ("azkaban.flow.projectname", "my project"), ("azkaban.flow.flowid", "daily"),
            ("azkaban.flow.submituser", "ann"));

        await RunAsync(context);

        var lines = context.Recorded.Text.Split('\n');
        Assert.Equal("-rw-------", lines[0]);
        Assert.Contains("env.GREETING=hi", lines);
        Assert.Contains("azkaban.flow.projectname=my project", lines);
        Assert.Equal($"extract hi /tmp/krb5cc__my_project__daily__extract__{context.Attempt.ExecutionId}__ann", lines[^2]);
        Assert.Empty(context.Files);
    }

    [Fact]
    public async Task Output_properties_are_read_after_success()
    {
        using var context = new TestContext(("command", "sh emit.sh"));
        context.Folder.Write("emit.sh", """echo '{"rows": 7, "list": [1, "a"], "azkaban.flow.execid": 1}' > $JOB_OUTPUT_PROP_FILE""");

        var success = Assert.IsType<NodeResult.Succeeded>(await RunAsync(context));

        Assert.Equal([KeyValuePair.Create("rows", "7"), KeyValuePair.Create("list", "[1, a]")], success.Outputs);
        Assert.Contains("Warn: The output property azkaban.flow.execid is ignored: its name is reserved", context.Recorded.Lines);
    }

    [Fact]
    public async Task An_output_file_that_was_replaced_by_moving_counts()
    {
        using var context = new TestContext(("command", "sh emit.sh"));
        context.Folder.Write("emit.sh", """echo '{"a": 1}' > new; mv new $JOB_OUTPUT_PROP_FILE""");

        Assert.Equal("1", Assert.IsType<NodeResult.Succeeded>(await RunAsync(context)).Outputs["a"]);
    }

    [Theory]
    [InlineData("echo not json > $JOB_OUTPUT_PROP_FILE")]
    [InlineData("ln -sf /etc/passwd $JOB_OUTPUT_PROP_FILE")]
    [InlineData("rm $JOB_OUTPUT_PROP_FILE; mkfifo $JOB_OUTPUT_PROP_FILE")]
    [InlineData("rm $JOB_OUTPUT_PROP_FILE; mkdir $JOB_OUTPUT_PROP_FILE")]
    [InlineData("rm $JOB_OUTPUT_PROP_FILE")]
    [InlineData("truncate -s 1G $JOB_OUTPUT_PROP_FILE")]
    public async Task An_output_file_that_cannot_be_used_is_said_so_and_fails_nobody(string script)
    {
        using var context = new TestContext(("command", "sh emit.sh"));
        context.Folder.Write("emit.sh", script);

        Assert.Empty(Assert.IsType<NodeResult.Succeeded>(await RunAsync(context)).Outputs);
        Assert.Contains(context.Recorded.Lines, line => line.StartsWith("Error: The output properties are ignored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_runs_where_working_dir_says()
    {
        using var context = new TestContext(("command", "sh where.sh"), ("working.dir", "etl"));
        context.Folder.Write("etl/where.sh", "pwd; grep ^command= $JOB_PROP_FILE");

        await RunAsync(context);

        Assert.Equal($"{context.Folder.Path}/etl\ncommand=sh where.sh\n", context.Recorded.Text);
    }

    [Fact]
    public async Task Properties_are_dumped_on_request_and_secrets_are_masked()
    {
        using var context = new TestContext(("command", "true"), ("job.dump.properties", "True"), ("password_X", "hunter2"));

        await RunAsync(context);

        Assert.Contains("Info: command=true", context.Recorded.Lines);
        Assert.Contains("Info: password_X=[MASKED]", context.Recorded.Lines);
        Assert.DoesNotContain(context.Recorded.Lines, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_ends_it_and_takes_its_files_along()
    {
        using var context = new TestContext(("command", "sh -c 'trap \"\" TERM; echo ready; sleep 1000'"), ("kill.grace.ms", "100"));
        using var stop = new CancellationTokenSource();

        var run = RunAsync(context, stop.Token);
        await Eventually.TrueAsync(() => context.Recorded.Text.Length > 0, "the command runs");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(ProcessTable.Find(new MarkerSet([context.Marker]).Matches));
        Assert.Empty(context.Files);
    }

    private static Task<NodeResult> RunAsync(TestContext context, CancellationToken cancellationToken = default) =>
        new CommandPlugin(new ProcessOptions(), context.Scratch).RunAsync(context, cancellationToken);
}
