using System.Text;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Timeline;
using Scheduler.Silo.Nodes.Logging;
using Scheduler.Silo.Storage.Logs;

namespace Scheduler.Silo.Tests.Nodes.Logging;

/// <summary>What readers see of an attempt: its own output between the lines that the journal knows.</summary>
public sealed class NodeLogsTests : IDisposable
{
    private const string Whole = """
        01-03-2026 12:00:00 UTC extract INFO - Starting command job extract at 1772366400000.
        hello
        01-03-2026 12:00:05 UTC extract INFO - Finishing job extract attempt: 0 at 1772366405000 with status SUCCEEDED
        01-03-2026 12:00:05 UTC extract INFO - Wrapping up command job extract, finished at 1772366405000 with status SUCCEEDED.

        """;

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();
    private readonly FileLogStore store;
    private readonly NodeLogs logs;

    public NodeLogsTests()
    {
        store = new FileLogStore(folder.FullName, new LogOptions());
        logs = new NodeLogs(store);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task An_ended_attempt_has_its_output_between_its_first_and_last_lines()
    {
        await WriteAsync(1, "hello\n");

        Assert.Equal(Whole, TextOf(await ReadAsync(Ended)));
    }

    [Fact]
    public async Task A_running_or_sleeping_attempt_has_no_last_lines_yet_and_its_bytes_keep_their_places()
    {
        await WriteAsync(1, "hello\n");
        var early = TextOf(await ReadAsync(Ended with { Status = NodeStatus.Running, EndedAt = null }));

        Assert.EndsWith("hello\n", early, StringComparison.Ordinal);
        Assert.StartsWith(early, Whole, StringComparison.Ordinal);
        Assert.Equal(early, TextOf(await ReadAsync(Ended with { Status = NodeStatus.Waiting, EndedAt = null })));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(90)]
    [InlineData(1000)]
    public async Task Pieces_of_any_length_add_up_to_the_whole(int length)
    {
        await WriteAsync(1, "hello\n");
        var text = "";
        for (LogSlice slice; (slice = await ReadAsync(Ended, text.Length, length)).Bytes.Length > 0;)
        {
            Assert.Equal((text.Length, Whole.Length), (slice.Offset, slice.TotalLength));
            text += TextOf(slice);
        }

        Assert.Equal(Whole, text);
    }

    [Fact]
    public async Task Offsets_outside_the_log_give_what_is_there()
    {
        Assert.Equal(0, (await ReadAsync(Ended, offset: 1_000_000)).Bytes.Length);
        Assert.StartsWith("01-03-2026", TextOf(await ReadAsync(Ended, offset: -5)), StringComparison.Ordinal);
        Assert.Equal(0, (await ReadAsync(Ended, length: -1)).Bytes.Length);
    }

    [Fact]
    public async Task An_attempt_that_wrote_nothing_has_its_first_and_last_lines()
    {
        Assert.Equal(Whole.Replace("hello\n", "", StringComparison.Ordinal), TextOf(await ReadAsync(Ended)));
    }

    [Fact]
    public async Task Earlier_attempts_have_logs_of_their_own()
    {
        await WriteAsync(1, "first\n");
        await WriteAsync(2, "second\n");
        var retried = Ended with { Attempt = 2, PastAttempts = [new PastAttempt(1, NodeStatus.Failed, Noon, Noon, null)] };

        var (first, second) = (TextOf(await ReadAsync(retried, attempt: 1)), TextOf(await ReadAsync(retried)));
        Assert.Contains("first", first, StringComparison.Ordinal);
        Assert.Contains("attempt: 0 at 1772366400000 with status FAILED", first, StringComparison.Ordinal);
        Assert.Contains("Starting retry 1 of command job extract", second, StringComparison.Ordinal);
        Assert.Contains("second", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NodeStatus.Planned)]
    [InlineData(NodeStatus.Waiting)]
    [InlineData(NodeStatus.Omitted)]
    [InlineData(NodeStatus.Skipped)]
    public async Task A_node_that_has_not_run_has_no_log(NodeStatus status) =>
        Assert.Equal(0, (await ReadAsync(Ended with { Status = status, StartedAt = null, EndedAt = null })).TotalLength);

    [Fact]
    public async Task An_attempt_that_does_not_exist_has_no_log() => Assert.Equal(0, (await ReadAsync(Ended, attempt: 9)).TotalLength);

    private static NodeView Ended => new()
    {
        Path = "load:extract",
        Name = "extract",
        Type = "command",
        Container = -1,
        Status = NodeStatus.Succeeded,
        Attempt = 1,
        StartedAt = Noon,
        EndedAt = Noon.AddSeconds(5),
    };

    private async Task WriteAsync(int attempt, string text)
    {
        await using var writer = await store.OpenWriterAsync(new AttemptId(7, 3, attempt), isFirst: true, CancellationToken.None);
        await writer.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
    }

    private Task<LogSlice> ReadAsync(NodeView view, long offset = 0, int length = 10_000, int? attempt = null) =>
        logs.ReadAsync(7, 3, view, attempt, offset, length, CancellationToken.None);

    private static string TextOf(LogSlice slice) => Encoding.UTF8.GetString(slice.Bytes.Span);
}
