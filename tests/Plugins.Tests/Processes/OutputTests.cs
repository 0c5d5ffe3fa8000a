using System.Security.Cryptography;
using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Processes;

public sealed class OutputTests
{
    private readonly Attempt _attempt = new();

    [Fact]
    public async Task Both_outputs_arrive_in_the_order_written()
    {
        await _attempt.ShAsync("for i in 1 2 3; do echo out $i; echo err $i >&2; done");

        Assert.Equal("out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n", _attempt.Log.Text);
    }

    [Fact]
    public async Task An_open_last_line_is_closed()
    {
        await _attempt.ShAsync("printf 'no end'");

        Assert.Equal("no end\n", _attempt.Log.Text);
    }

    [Fact]
    public async Task Bytes_arrive_as_they_were_written()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(20240229);
        var bytes = new byte[3_000_000];
        random.NextBytes(bytes);
        bytes[^1] = (byte)'\n';
        var file = folder.Write("random", "");
        await File.WriteAllBytesAsync(file, bytes);

        await _attempt.RunAsync("cat", [file]);

        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(_attempt.Log.Output));
    }

    [Fact]
    public async Task A_log_that_is_behind_slows_the_job_down()
    {
        var gate = new TaskCompletionSource();
        _attempt.Log.Gate = gate.Task;
        using var folder = new TemporaryFolder();
        var progress = folder.Write("progress", "");

        var run = _attempt.ShAsync($"head -c 1000000 /dev/zero; echo done > {progress}");
        await Eventually.TrueAsync(() => _attempt.Survivors.Count > 0, "the job runs");
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        Assert.Equal(0, new FileInfo(progress).Length);

        gate.SetResult();
        await run;
        Assert.Equal(1_000_001, _attempt.Log.Received);
    }

    [Fact]
    public async Task Output_that_ends_early_does_not_end_the_job() =>
        Assert.Equal(new ProcessEnding.Exited(5, null), await _attempt.ShAsync("exec >&- 2>&-; sleep 0.3; exit 5"));

    [Fact]
    public async Task A_broken_log_stops_the_job_and_is_reported()
    {
        _attempt.Log.Refusal = new InvalidOperationException("disk on fire");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => _attempt.ShAsync("echo x; sleep 1000"));

        Assert.Equal("disk on fire", thrown.Message);
        Assert.Empty(_attempt.Survivors);
    }
}
