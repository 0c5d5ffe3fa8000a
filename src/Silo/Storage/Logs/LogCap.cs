namespace Scheduler.Silo.Storage.Logs;

/// <summary>
/// Decides what is kept of a log. Its first <see cref="HeadBytes"/> are kept for ever. What follows is the tail: it is written in
/// segments, and the oldest segment goes as soon as those behind it hold at least <see cref="TailBytes"/>.
/// </summary>
/// <remarks>Positions count all bytes the attempt has written, from 0.</remarks>
internal sealed class LogCap(long maxBytes)
{
    private const int SegmentsPerTail = 8;

    public long HeadBytes { get; } = maxBytes / 2;

    public long TailBytes { get; } = maxBytes - maxBytes / 2;

    public long SegmentBytes { get; } = Math.Max(1, maxBytes / 2 / SegmentsPerTail);
}

/// <summary>The writer's account of one log.</summary>
/// <param name="cap">What to keep.</param>
/// <param name="segments">Where segments of the tail begin, ascending; empty while the head grows.</param>
/// <param name="end">Bytes written so far.</param>
internal sealed class LogAccount(LogCap cap, IEnumerable<long> segments, long end)
{
    private readonly Queue<long> segments = new(segments);
    private long lastSegment = segments.LastOrDefault();

    public long End { get; private set; } = end;

    public bool IsInTail => segments.Count > 0;

    /// <summary>Where the newest segment begins. Only in the tail.</summary>
    public long Segment => lastSegment;

    /// <summary>Where the oldest segment begins. Only in the tail.</summary>
    public long TailStart => segments.Peek();

    /// <summary>Begins a segment at the end when the head, or the segment before, is full.</summary>
    /// <returns>True when one was begun.</returns>
    public bool TryBeginSegment()
    {
        if (IsInTail ? End - lastSegment < cap.SegmentBytes : End < cap.HeadBytes) return false;

        segments.Enqueue(lastSegment = End);
        return true;
    }

    /// <summary>How many bytes fit in one piece at the end.</summary>
    public long Room => (IsInTail ? lastSegment + cap.SegmentBytes : cap.HeadBytes) - End;

    public void Advance(long bytes) => End += bytes;

    /// <summary>Takes the oldest segment out of the account when it is no longer needed.</summary>
    public bool TryDrop(out long segment)
    {
        segment = -1;
        if (segments.Count < 2 || End - segments.ElementAt(1) < cap.TailBytes) return false;

        segment = segments.Dequeue();
        return true;
    }
}
