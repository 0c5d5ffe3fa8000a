using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes.Logging;

namespace Scheduler.Silo.Tests.Nodes.Logging;

public sealed class AttemptLogTests
{
    private const string Front = "02-08-2023 18:13:20 UTC extract INFO - ";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(1691000000456));

    [Theory]
    [InlineData(LogLevel.Debug, "DEBUG")]
    [InlineData(LogLevel.Info, "INFO")]
    [InlineData(LogLevel.Warn, "WARN")]
    [InlineData(LogLevel.Error, "ERROR")]
    public async Task A_line_has_time_node_and_level_in_front(LogLevel level, string word)
    {
        await using var log = Open(out var writer);
        await log.WriteLineAsync(level, "what happened");

        Assert.Equal($"02-08-2023 18:13:20 UTC extract {word} - what happened\n", writer.Text);
    }

    [Theory]
    [InlineData("load.daily.extract", "extract")]
    [InlineData("extract", "extract")]
    [InlineData("抽取", "抽取")]
    public async Task Of_a_name_with_dots_the_last_part_is_shown(string name, string shown)
    {
        await using var log = Open(out var writer, name);
        await log.WriteLineAsync(LogLevel.Info, "x");

        Assert.Equal($"02-08-2023 18:13:20 UTC {shown} INFO - x\n", writer.Text);
    }

    [Fact]
    public async Task While_the_store_is_away_for_ten_minutes_the_end_of_the_log_waits_and_nothing_is_lost()
    {
        var log = Open(out var writer);
        writer.IsAway = true;
        var first = log.WriteLineAsync(LogLevel.Info, "a").AsTask();
        for (var second = 0; second < 600; second++) _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(first.IsCompleted);
        writer.IsAway = false;
        await AdvanceUntilAsync(first);

        writer.IsAway = true;
        var end = log.DisposeAsync().AsTask();
        for (var second = 0; second < 600; second++) _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(end.IsCompleted);
        writer.IsAway = false;
        await AdvanceUntilAsync(end);

        Assert.Equal($"{Front}a\n", writer.Text);
        Assert.True(writer.IsDisposed);
    }

    [Fact]
    public async Task The_time_moves_on()
    {
        await using var log = Open(out var writer);
        await log.WriteLineAsync(LogLevel.Info, "a");
        _clock.Advance(TimeSpan.FromMilliseconds(544));
        await log.WriteOutputAsync("b\n"u8.ToArray());

        Assert.Equal($"{Front}a\n{Front.Replace("13:20", "13:21", StringComparison.Ordinal)}b\n", writer.Text);
    }

    [Fact]
    public async Task A_message_of_several_lines_cannot_forge_one()
    {
        await using var log = Open(out var writer);
        await log.WriteLineAsync(LogLevel.Info, "a\n01-01-1970 00:00:00 UTC other INFO - b");

        Assert.Equal($"{Front}a\n{Front}01-01-1970 00:00:00 UTC other INFO - b\n", writer.Text);
    }

    [Fact]
    public async Task An_open_line_waits_for_its_end_and_is_not_torn_by_others()
    {
        await using var log = Open(out var writer);
        await log.WriteOutputAsync("half "u8.ToArray());
        await log.WriteLineAsync(LogLevel.Info, "between");
        await log.WriteOutputAsync("line\nrest"u8.ToArray());
        await log.FlushAsync(CancellationToken.None);

        Assert.Equal($"{Front}between\n{Front}half line\n{Front}rest\n", writer.Text);
        Assert.Equal(1, writer.Flushes);
    }

    [Fact]
    public async Task Closing_keeps_the_last_words()
    {
        await using var log = Open(out var writer);
        await log.WriteOutputAsync("last"u8.ToArray());
        await log.DisposeAsync();

        Assert.Equal($"{Front}last\n", writer.Text);
        Assert.True(writer.IsDisposed);
    }

    [Fact]
    public async Task A_line_without_end_is_broken_between_characters()
    {
        await using var log = Open(out var writer);
        var line = "x" + new string('中', 50_000);   // three bytes each, so that no limit falls between two of them
        await log.WriteOutputAsync(Encoding.UTF8.GetBytes(line + "\n"));

        var lines = writer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, text => Assert.InRange(Encoding.UTF8.GetByteCount(text) - Front.Length, 1, LineFramer.LongestLine));
        Assert.Equal(line, string.Concat(lines.Select(text => text[Front.Length..])));
    }

    [Fact]
    public async Task A_line_of_just_the_limit_stays_whole()
    {
        await using var log = Open(out var writer);
        await log.WriteOutputAsync(new byte[LineFramer.LongestLine]);
        await log.WriteOutputAsync("\n"u8.ToArray());

        Assert.Equal(Front.Length + LineFramer.LongestLine + 1, writer.Bytes.Length);
    }

    [Fact]
    public void Bytes_are_kept_however_they_are_cut() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 40]).SampleAsync(async (bytes, size) =>
        {
            var writer = new MemoryLogWriter();
            var log = new AttemptLog(writer, "n", _clock);
            foreach (var chunk in bytes.Chunk(size)) await log.WriteOutputAsync(chunk);
            await log.DisposeAsync();

            var front = Front.Replace("extract", "n", StringComparison.Ordinal);
            var expected = new List<byte>();
            foreach (var line in Lines(bytes)) expected.AddRange([.. Encoding.UTF8.GetBytes(front), .. line, (byte)'\n']);
            return writer.Bytes.SequenceEqual(expected);
        });

    [Fact]
    public async Task Manywriters_do_not_disturb_each_other()
    {
        await using var log = Open(out var writer);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            for (var j = 0; j < 20; j++) await log.WriteLineAsync(LogLevel.Info, $"writer {i} line {j}");
        })));

        Assert.Equal(
            Enumerable.Range(0, 50).SelectMany(i => Enumerable.Range(0, 20).Select(j => $"{Front}writer {i} line {j}")).Order(StringComparer.Ordinal),
            writer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    private async Task AdvanceUntilAsync(Task done)
    {
        for (; !done.IsCompleted; await Task.Yield()) _clock.Advance(TimeSpan.FromSeconds(1));
        await done;
    }

    private AttemptLog Open(out MemoryLogWriter writer, string name = "extract")
    {
        writer = new MemoryLogWriter();
        return new AttemptLog(writer, name, _clock);
    }

    private static IEnumerable<byte[]> Lines(byte[] bytes)
    {
        var start = 0;
        while (start < bytes.Length)
        {
            var feed = Array.IndexOf(bytes, (byte)'\n', start);
            var end = feed < 0 ? bytes.Length : feed;
            yield return bytes[start..end];
            start = end + 1;
        }
    }
}
