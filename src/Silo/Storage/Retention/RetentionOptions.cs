using System.ComponentModel.DataAnnotations;

namespace Scheduler.Silo.Storage.Retention;

/// <summary>How long history is kept. Section <c>Retention</c> of the configuration.</summary>
internal sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>
    /// Time an execution is kept after its end, with its journal and logs; on PostgreSQL up to a tenth longer where whole partitions can
    /// be dropped then. 0 keeps everything. Default 90 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan Executions { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Time logs are kept after the end of their execution; logs go with the execution at the latest. 0 sets no limit of their own.
    /// Default 90 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "36500.00:00:00")]
    public TimeSpan Logs { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often one silo of the cluster looks for history that is old enough to go. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan SweepDelay { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Most executions removed in one transaction. Default 200.</summary>
    [Range(1, 10_000)]
    public int BatchLength { get; set; } = 200;
}
