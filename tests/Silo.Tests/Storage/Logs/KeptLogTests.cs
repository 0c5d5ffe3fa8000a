using CsCheck;
using Scheduler.Silo.Storage.Logs;

namespace Scheduler.Silo.Tests.Storage.Logs;

public sealed class KeptLogTests
{
    private static readonly Gen<KeptLog> Logs = Gen.Select(Gen.Long[0, 50], Gen.Long[0, 50], Gen.Long[0, 50])
        .Select((head, gap, tail) => new KeptLog(head, head + gap, head + gap + tail));

    [Fact]
    public void Any_range_is_the_same_range_of_the_whole() =>
        Gen.Select(Logs, Gen.Long[-5, 250], Gen.Int[-5, 250]).Sample((log, offset, length) =>
        {
            var whole = Render(log, 0, int.MaxValue);
            var from = (int)Math.Clamp(offset, 0, whole.Count);
            var expected = whole.Skip(from).Take(Math.Max(0, length));

            Assert.Equal(log.TotalLength, whole.Count);
            Assert.Equal(expected, Render(log, offset, length));
        });

    [Fact]
    public void A_whole_log_has_no_marker() => Gen.Long[0, 100].Sample(end =>
        Assert.Equal(Enumerable.Range(0, (int)end).Select(position => (long)position), Render(KeptLog.Whole(end), 0, int.MaxValue)));

    /// <summary>A stored byte as its position, a byte of the marker as its negative value.</summary>
    private static List<long> Render(KeptLog log, long offset, int length) =>
    [
        .. log.Cut(offset, length).SelectMany(piece => piece.Text is { } text
            ? text.ToArray().Select(value => -(long)value)
            : Enumerable.Range(0, piece.Length).Select(i => piece.Position + i)),
    ];
}
