using System.Text;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>
/// What stands of a log: the bytes written before <see cref="HeadEnd"/> and those from <see cref="TailStart"/> up to
/// <see cref="End"/>. Readers see one run of bytes without holes: the head, then, when bytes are missing, a line that says how
/// many, then the tail.
/// </summary>
/// <remarks>
/// A byte of the head keeps its offset and its value for ever. Behind the head offsets are settled once the attempt has ended; while
/// a log past its cap grows, marker and tail move along with it.
/// </remarks>
internal readonly record struct KeptLog(long HeadEnd, long TailStart, long End)
{
    private readonly byte[] marker = TailStart > HeadEnd
        ? Encoding.UTF8.GetBytes($"\n[... {TailStart - HeadEnd} bytes are missing here: the log passed its limit ...]\n")
        : [];

    /// <summary>Nothing is missing.</summary>
    public static KeptLog Whole(long end) => new(end, end, end);

    /// <summary>Bytes a reader can see.</summary>
    public long TotalLength => HeadEnd + marker.Length + (End - TailStart);

    /// <summary>Takes a range of what a reader sees apart; clamped, in order, empty pieces left out.</summary>
    public IEnumerable<LogPiece> Cut(long offset, int length)
    {
        var from = Math.Clamp(offset, 0, TotalLength);
        var to = Math.Min(from + Math.Max(0, length), TotalLength);
        var tail = HeadEnd + marker.Length;

        if (from < HeadEnd && from < to) yield return LogPiece.Stored(from, Math.Min(to, HeadEnd));
        var (markerFrom, markerTo) = (Math.Max(from, HeadEnd) - HeadEnd, Math.Min(to, tail) - HeadEnd);
        if (markerFrom < markerTo) yield return LogPiece.Of(marker.AsMemory((int)markerFrom..(int)markerTo));
        if (to > tail && from < to) yield return LogPiece.Stored(TailStart + Math.Max(from, tail) - tail, TailStart + to - tail);
    }
}

/// <summary>Bytes to be fetched, or at hand already.</summary>
/// <param name="Position">Of the first byte among all bytes written.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Text">The bytes, when they are not stored.</param>
internal readonly record struct LogPiece(long Position, int Length, ReadOnlyMemory<byte>? Text)
{
    public static LogPiece Stored(long from, long to) => new(from, (int)(to - from), null);

    public static LogPiece Of(ReadOnlyMemory<byte> text) => new(0, text.Length, text);
}
