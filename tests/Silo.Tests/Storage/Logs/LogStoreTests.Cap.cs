using System.Text;

namespace Scheduler.Silo.Tests.Storage.Logs;

public abstract partial class LogStoreTests
{
    [Fact]
    public async Task A_log_up_to_its_cap_is_kept_whole()
    {
        var attempt = NewAttempt();
        var text = Numbered(Cap);
        await WriteAsync(attempt, text);

        Assert.Equal(text, await ReadAllAsync(attempt));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Past_its_cap_a_log_keeps_head_and_tail_and_names_what_is_missing(int writers)
    {
        var attempt = NewAttempt();
        var text = Numbered(3 * Cap);
        foreach (var part in text.Chunk(text.Length / writers)) await WriteAsync(attempt, new string(part));

        var kept = await ReadAllAsync(attempt);
        var marker = kept.IndexOf("\n[... ", StringComparison.Ordinal);
        var behind = kept.IndexOf(" ...]\n", StringComparison.Ordinal) + " ...]\n".Length;
        var missing = long.Parse(kept[(marker + 6)..kept.IndexOf(" bytes", marker, StringComparison.Ordinal)]);

        Assert.InRange(marker, Cap / 2, long.MaxValue);
        Assert.Equal(text[..marker], kept[..marker]);
        Assert.InRange(kept.Length - behind, Cap / 2, long.MaxValue);
        Assert.Equal(text[^(kept.Length - behind)..], kept[behind..]);
        Assert.Equal(text.Length, marker + missing + (kept.Length - behind));
    }

    [Fact]
    public async Task The_head_never_changes_while_the_log_grows_past_its_cap()
    {
        var attempt = NewAttempt();
        var text = Encoding.UTF8.GetBytes(Numbered(3 * Cap));
        await using var writer = await Silo.Logs.OpenWriterAsync(attempt, isFirst: false, default);

        foreach (var part in text.Chunk(100_000))
        {
            await writer.WriteAsync(part, default);
            await writer.FlushAsync(default);
            var slice = await Silo.Logs.ReadAsync(attempt, 0, (int)(Cap / 2), default);
            Assert.Equal(text[..slice.Bytes.Length], slice.Bytes.ToArray());
        }
    }

    [Fact]
    public async Task Slices_of_a_capped_log_join_without_a_hole()
    {
        var attempt = NewAttempt();
        await WriteAsync(attempt, Numbered(2 * Cap));
        var whole = await Silo.Logs.ReadAsync(attempt, 0, int.MaxValue, default);
        Assert.Equal(whole.TotalLength, whole.Bytes.Length);

        var joined = new MemoryStream();
        while (joined.Length < whole.TotalLength)
        {
            var slice = await Silo.Logs.ReadAsync(attempt, joined.Length, 77_777, default);
            Assert.Equal(joined.Length, slice.Offset);
            joined.Write(slice.Bytes.Span);
        }

        Assert.Equal(whole.Bytes.ToArray(), joined.ToArray());
    }

    /// <summary>Text of so many bytes in which every place can be told from every other.</summary>
    private static string Numbered(long length)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < length; i++) text.Append(i).Append('\n');
        return text.ToString(0, (int)length);
    }
}
