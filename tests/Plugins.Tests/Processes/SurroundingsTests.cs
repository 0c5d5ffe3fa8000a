using Scheduler.Plugins.Processes;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Processes;

/// <summary>What a job finds around it.</summary>
public sealed class SurroundingsTests
{
    private readonly Attempt _attempt = new();

    [Fact]
    public async Task Standard_input_is_at_its_end()
    {
        await _attempt.ShAsync("cat; echo done");

        Assert.Equal("done\n", _attempt.Log.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_starts_only_while_its_gate_is_there_and_reads_nothing_from_it(bool isThere)
    {
        using var folder = new TemporaryFolder();
        var gate = Path.Combine(folder.Path, "gate");
        if (isThere) await File.WriteAllTextAsync(gate, "12345\n");
        var marker = new Dictionary<string, string>(_attempt.Marker) { [ProcessStart.GateVariable] = gate };
        var start = new ProcessStart { Program = "sh", Arguments = ["-c", "cat; echo done"], Directory = "/", Marker = marker };

        var ending = await AttemptProcess.RunAsync(start, _attempt.Log, new ProcessOptions(), grace: null, CancellationToken.None);

        Assert.Equal(isThere ? "done\n" : "", _attempt.Log.Text);
        if (isThere) Assert.Equal(new ProcessEnding.Exited(0, null), ending);
        else Assert.Equal("Cannot run 'sh' in '/': this process was silent for too long", Assert.IsType<ProcessEnding.NotStarted>(ending).Message);
    }

    [Fact]
    public async Task It_leads_a_session_of_its_own()
    {
        await _attempt.ShAsync("cut -d' ' -f5,6 /proc/$$/stat; echo $$ $$");

        var lines = _attempt.Log.Text.Split('\n');
        Assert.Equal(lines[1], lines[0]);
    }

    [Fact]
    public async Task Signals_are_neither_ignored_nor_blocked()
    {
        const ulong WithoutThoseOfTheThreadLibrary = ~(3UL << 31);

        await _attempt.ShAsync("grep -E 'Sig(Ign|Blk)' /proc/self/status | cut -f2");

        var masks = _attempt.Log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(mask => Convert.ToUInt64(mask, 16));
        Assert.Equal([0UL, 0UL], masks.Select(mask => mask & WithoutThoseOfTheThreadLibrary));
    }

    [Fact]
    public async Task A_writer_ends_with_its_reader() =>
        Assert.Equal(new ProcessEnding.Exited(141, null), await _attempt.BashAsync("yes | head -n 1; exit ${PIPESTATUS[0]}"));

    [Fact]
    public async Task No_file_of_the_scheduler_is_open_in_it()
    {
        using var held = File.OpenRead("/etc/passwd");

        await _attempt.RunAsync("ls", ["/proc/self/fd"]);

        Assert.Equal("0\n1\n2\n3\n", _attempt.Log.Text);   // 3 is the folder that ls reads
    }

    [Fact]
    public async Task The_marker_beats_the_jobs_own_variables_and_those_beat_inherited_ones()
    {
        var start = new ProcessStart
        {
            Program = "/bin/sh",
            Arguments = ["-c", "echo $SCHEDULER_SILO; echo $HOME; echo ${PATH:+path}; echo $PWD"],
            Directory = "/usr",
            Environment = new Dictionary<string, string> { ["SCHEDULER_SILO"] = "forged", ["HOME"] = "/ünï" },
            Marker = _attempt.Marker,
        };

        await _attempt.RunAsync(start);

        Assert.Equal("test\n/ünï\npath\n/usr\n", _attempt.Log.Text);
    }
}
