using Scheduler.Contracts.Timeline;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>Puts a slice together from what is kept.</summary>
internal static class LogSlices
{
    /// <param name="log">What stands.</param>
    /// <param name="offset">As a reader counts.</param>
    /// <param name="length">At most this many bytes.</param>
    /// <param name="fetchAsync">
    /// Fills the buffer with the bytes from a position on, and says how many it found: fewer when the tail has moved on meanwhile, and
    /// then the slice ends early.
    /// </param>
    public static async Task<LogSlice> ReadAsync(
        this KeptLog log, long offset, int length, Func<long, Memory<byte>, ValueTask<int>> fetchAsync)
    {
        var pieces = log.Cut(offset, length).ToList();
        var bytes = new byte[pieces.Sum(piece => piece.Length)];
        var filled = 0;

        foreach (var piece in pieces)
        {
            var target = bytes.AsMemory(filled, piece.Length);
            if (piece.Text is { } text) text.CopyTo(target);
            var found = piece.Text is null ? await fetchAsync(piece.Position, target) : piece.Length;
            filled += found;
            if (found < piece.Length) break;
        }

        return new LogSlice(Math.Clamp(offset, 0, log.TotalLength), bytes.AsMemory(0, filled), log.TotalLength);
    }
}
