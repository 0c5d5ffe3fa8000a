using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes;

namespace Scheduler.Silo.Tests.Nodes;

public sealed class ProgressReportsTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Channel<NodeProgress> sent = Channel.CreateUnbounded<NodeProgress>();

    [Fact]
    public async Task Of_many_reports_the_first_is_passed_on_at_once_and_the_newest_a_second_later()
    {
        var reports = Create();
        reports.Report(new NodeProgress(Rows: 1));
        Assert.Equal(1, (await sent.Reader.ReadAsync()).Rows);

        for (var rows = 2; rows < 1_000; rows++) reports.Report(new NodeProgress(rows));
        Assert.False(sent.Reader.TryRead(out _));
        Assert.Equal(999, (await NextAsync()).Rows);

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(sent.Reader.TryRead(out _));
    }

    [Fact]
    public async Task After_a_quiet_time_the_next_report_is_passed_on_too()
    {
        var reports = Create();
        foreach (var rows in (long[])[1, 2, 3])
        {
            reports.Report(new NodeProgress(rows));
            Assert.Equal(rows, (await NextAsync()).Rows);
        }
    }

    [Fact]
    public async Task What_makes_no_sense_is_mended()
    {
        Create().Report(new NodeProgress(Percent: double.NaN, Text: new string('x', 10_000)));

        var progress = await sent.Reader.ReadAsync();
        Assert.Equal((null, 200), (progress.Percent, progress.Text!.Length));
    }

    private ProgressReports Create() => new(progress => sent.Writer.TryWrite(progress), clock);

    /// <summary>Lets time pass until something is sent: when the pause begins nobody can see.</summary>
    private async Task<NodeProgress> NextAsync()
    {
        for (; !sent.Reader.TryPeek(out _); await Task.Yield()) clock.Advance(TimeSpan.FromSeconds(1));
        return await sent.Reader.ReadAsync();
    }
}
