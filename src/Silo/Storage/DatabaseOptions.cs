using System.ComponentModel.DataAnnotations;

namespace Scheduler.Silo.Storage;

/// <summary>
/// Where everything durable is kept, which follows from the options of the process, and how patient the stores are: section
/// <c>Database</c> of the configuration.
/// </summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>
    /// Npgsql connection string of the cluster's PostgreSQL. Null or empty (the default) keeps everything embedded, in
    /// <see cref="DataDirectory"/>.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Folder of the embedded database, logs and contents; made when it is missing. Default <c>data</c>.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>What an acknowledged write on the embedded database survives. Default <see cref="Storage.Durability.PowerLoss"/>.</summary>
    public Durability Durability { get; set; } = Durability.PowerLoss;

    /// <summary>
    /// How long a database may be out of reach, or locked by another process, before calls throw
    /// <see cref="Contracts.StorageUnavailableException"/>; they do so after twice this time at the latest. Default 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Writes that may wait for their commit, per silo; further ones wait to be taken. Default 32 768.</summary>
    [Range(1, 1_000_000)]
    public int QueueLength { get; set; } = 32_768;

    /// <summary>Most writes in one commit. More raises throughput a little and latency under load a lot. Default 2 000.</summary>
    [Range(1, 100_000)]
    public int BatchLength { get; set; } = 2_000;

    /// <summary>True when everything is kept in <see cref="DataDirectory"/>.</summary>
    public bool IsEmbedded => string.IsNullOrWhiteSpace(ConnectionString);
}

/// <summary>What an acknowledged write on the embedded database survives.</summary>
internal enum Durability
{
    /// <summary>A crash of the process, a crash of the machine and loss of power: the log is flushed to disk at each commit.</summary>
    PowerLoss,

    /// <summary>A crash of the process only. Loss of power can take the last commits, in order; it never corrupts the file.</summary>
    ProcessCrash,
}
