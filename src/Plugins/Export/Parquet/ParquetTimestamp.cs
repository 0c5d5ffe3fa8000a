using Parquet.Schema;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Parquet;

/// <summary>Timestamps of one fixed unit: what has finer digits, or is out of the unit's years, is refused and not cut off.</summary>
internal static class ParquetTimestamp
{
    /// <summary>What a signed 64-bit count of nanoseconds around 1970 reaches, in whole days.</summary>
    private static readonly DateTime FirstOfNanos = new(1677, 9, 22);
    private static readonly DateTime LastOfNanos = new(2262, 4, 11);

    public static DateTime Exact(DateTime value, Column column, DateTimeTimeUnit unit)
    {
        var step = unit switch
        {
            DateTimeTimeUnit.Millis => TimeSpan.TicksPerMillisecond,
            DateTimeTimeUnit.Micros => TimeSpan.TicksPerMicrosecond,
            _ => 1,
        };
        if (value.Ticks % step != 0 || (unit == DateTimeTimeUnit.Nanos && (value < FirstOfNanos || value >= LastOfNanos)))
            throw new ExportException("export.timestamp-unit",
                $"Column '{column.Name}' holds {value:yyyy-MM-ddTHH:mm:ss.FFFFFFF}, which a timestamp in {unit} cannot keep.");

        return value;
    }
}
