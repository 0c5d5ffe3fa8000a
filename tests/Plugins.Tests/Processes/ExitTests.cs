using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Processes;

public sealed class ExitTests
{
    private readonly Attempt _attempt = new();

    [Theory]
    [InlineData("exit 0", 0, null)]
    [InlineData("exit 1", 1, null)]
    [InlineData("exit 137", 137, null)]
    [InlineData("exit 143", 143, null)]
    [InlineData("exit 255", 255, null)]
    [InlineData("kill -KILL $$", 137, 9)]
    [InlineData("kill -TERM $$", 143, 15)]
    [InlineData("kill -SEGV $$", 139, 11)]
    [InlineData("kill -PIPE $$", 141, 13)]
    public async Task The_code_of_the_main_process_is_reported_and_a_signal_counts_from_128(string script, int code, int? signal) =>
        Assert.Equal(new ProcessEnding.Exited(code, signal), await _attempt.ShAsync(script));

    [Fact]
    public async Task A_program_that_does_not_exist_is_said_so()
    {
        var refusal = Assert.IsType<ProcessEnding.NotStarted>(await _attempt.RunAsync("no-such-program", []));

        Assert.False(refusal.CanRetry);
        Assert.Equal("Cannot run 'no-such-program' in '/tmp': there is no such program", refusal.Message);
    }

    [Fact]
    public async Task A_directory_that_does_not_exist_is_not_mistaken_for_a_missing_program()
    {
        var start = new ProcessStart { Program = "true", Directory = "/no/such", Marker = _attempt.Marker };

        var refusal = Assert.IsType<ProcessEnding.NotStarted>(await _attempt.RunAsync(start));

        Assert.Contains("the directory does not exist", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_the_executable_bit_is_refused()
    {
        using var folder = new TemporaryFolder();
        var refusal = Assert.IsType<ProcessEnding.NotStarted>(await _attempt.RunAsync(folder.Write("x.sh", "exit 3"), []));

        Assert.Contains("permission denied", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_without_an_interpreter_line_goes_to_the_shell_with_its_arguments()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("x.sh", "exit $1");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal(new ProcessEnding.Exited(7, null), await _attempt.RunAsync(script, ["7"]));
    }

    [Fact]
    public async Task An_argument_that_would_be_cut_short_is_refused()
    {
        var refusal = Assert.IsType<ProcessEnding.NotStarted>(await _attempt.RunAsync("echo", ["a\0b"]));

        Assert.Contains("zero character", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_beyond_what_the_system_takes_are_refused_for_good()
    {
        var refusal = Assert.IsType<ProcessEnding.NotStarted>(await _attempt.RunAsync("true", [new string('x', 200_000)]));

        Assert.False(refusal.CanRetry);
        Assert.Contains("longer than the system allows", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_stay_right_while_others_start_processes_through_the_runtime()
    {
        var ours = Enumerable.Range(0, 100).Select(i => Task.Run(async () => (i, await new Attempt().ShAsync($"exit {i}"))));
        var theirs = Enumerable.Range(0, 100).Select(i => Task.Run(async () => (i, await TheirCodeAsync(i))));

        var (endings, codes) = (Task.WhenAll(ours), Task.WhenAll(theirs));

        Assert.All(await endings, pair => Assert.Equal(new ProcessEnding.Exited(pair.i, null), pair.Item2));
        Assert.All(await codes, pair => Assert.Equal(pair.i, pair.Item2));
    }

    private static async Task<int> TheirCodeAsync(int code)
    {
        using var process = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"exit {code}"]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
