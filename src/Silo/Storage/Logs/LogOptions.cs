using System.ComponentModel.DataAnnotations;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>How much of a log is kept, and how it travels to the store.</summary>
internal sealed class LogOptions
{
    /// <summary>
    /// Bytes kept of one attempt's log: the first half of them from its beginning, the other half, and up to an eighth of a half
    /// more, from its end. Default 100 MiB.
    /// </summary>
    [Range(1_024, 1L << 40)]
    public long MaxBytesPerAttempt { get; set; } = 100 * 1024 * 1024;

    /// <summary>Longest time a written byte waits before it is sent to PostgreSQL. Files take bytes at once. Default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ShipInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Memory of one silo for bytes not yet stored in PostgreSQL; writers wait when it is used up. Default 32 MiB.</summary>
    [Range(65_536, 1L << 33)]
    public long MaxUnstoredBytes { get; set; } = 32 * 1024 * 1024;
}
