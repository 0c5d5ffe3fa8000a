namespace Scheduler.Contracts.Timeline;

/// <summary>Part of a log.</summary>
/// <param name="Offset">Byte offset of the first byte, counted from 0.</param>
/// <param name="Bytes">UTF-8 as far as the writer wrote UTF-8; may start or end inside a character.</param>
/// <param name="TotalLength">Bytes the log holds now; it grows while the attempt runs.</param>
[GenerateSerializer, Immutable, Alias("scheduler/log-slice")]
public sealed record LogSlice(long Offset, ReadOnlyMemory<byte> Bytes, long TotalLength);
