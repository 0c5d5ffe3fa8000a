using System.Buffers;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>Bytes of one log on their way to the store: a chunk of it once it is full or its time has come.</summary>
internal sealed class LogPage(AttemptId attempt, long position, int room)
{
    public const int Size = 32 * 1024;

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);
    private readonly int capacity = Math.Min(room, Size);
    private int length;

    public AttemptId Attempt => attempt;

    /// <summary>Of the first byte among all bytes the attempt wrote.</summary>
    public long Position => position;

    public bool IsFull => length == capacity;

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>What is no longer needed once this page is stored.</summary>
    public LogGap? Gap { get; init; }

    /// <returns>How many of the bytes found room.</returns>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(bytes.Length, capacity - length);
        bytes[..count].CopyTo(buffer.AsSpan(length));
        length += count;
        return count;
    }

    /// <summary>Gives the memory back; the page must not be used again.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(buffer);
}

/// <summary>The bytes from <paramref name="HeadEnd"/> up to <paramref name="TailStart"/> go.</summary>
internal readonly record struct LogGap(long HeadEnd, long TailStart);
