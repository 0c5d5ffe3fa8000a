using Scheduler.Contracts.Timeline;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>Reads a piece of log in full: a store may hand out less than asked for, and clients take a short piece for the last.</summary>
internal static class LogPiece
{
    /// <param name="readAsync">Reads at most so many bytes from an offset; null when there is no such log.</param>
    /// <param name="offset">Not negative.</param>
    /// <param name="length">Not negative.</param>
    /// <returns>Shorter than asked for only at the end of the log; null when there is no such log.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Func<long, int, Task<LogSlice?>> readAsync, long offset, int length)
    {
        if (await readAsync(offset, length) is not { } first) return null;

        var bytes = new byte[Math.Clamp(first.TotalLength - offset, first.Bytes.Length, Math.Max(length, first.Bytes.Length))];
        first.Bytes.CopyTo(bytes);
        var have = first.Bytes.Length;
        while (have < bytes.Length && await readAsync(offset + have, bytes.Length - have) is { Bytes.Length: > 0 } next)
        {
            next.Bytes.CopyTo(bytes.AsMemory(have));
            have += next.Bytes.Length;
        }
        return bytes.AsMemory(0, have);
    }
}
