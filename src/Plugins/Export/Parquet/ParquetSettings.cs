using Parquet;
using Parquet.Schema;

namespace Scheduler.Plugins.Export.Parquet;

/// <summary>How a Parquet file is laid out.</summary>
internal sealed record ParquetSettings
{
    /// <summary>Snappy is what every reader has; zstd is smaller for little more time.</summary>
    public CompressionMethod Compression { get; init; } = CompressionMethod.Snappy;

    /// <summary>A row group is in memory as a whole while it is written, and while it is read.</summary>
    public int MaxGroupRows { get; init; } = 100_000;

    /// <summary>Bytes of a row group in memory, before encoding.</summary>
    public long MaxGroupBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Nanoseconds keep all digits of .NET (100 ns) and end in the year 2262.</summary>
    public DateTimeTimeUnit TimestampUnit { get; init; } = DateTimeTimeUnit.Micros;

    /// <summary>For decimals of unknown precision: 28 digits, of which this many are behind the point.</summary>
    public int DefaultScale { get; init; } = 9;
}
