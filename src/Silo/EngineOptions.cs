using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo;

/// <summary>Limits and patience of the engine. Section <c>Engine</c> of the configuration.</summary>
internal sealed class EngineOptions
{
    public const string Section = "Engine";

    /// <summary>Attempts this silo runs at one time. 0 on a silo that runs none. Default 16.</summary>
    [Range(0, 10_000)]
    public int Slots { get; set; } = 16;

    /// <summary>
    /// The worker groups this silo offers, and of its <see cref="Slots"/> how many attempts of each may have at one time: 1 to
    /// <see cref="Slots"/>; the sum may be more. Empty (the default): the group <c>default</c> with all slots.
    /// </summary>
    public Dictionary<string, int> Groups { get; init; } = new(StringComparer.Ordinal);

    /// <summary>
    /// True where one package runs on its own: the worker groups and quotas of the cluster it is written for do not count. Default false.
    /// </summary>
    public bool IgnoresDemands { get; set; }

    /// <summary>Active executions one workflow may have; one more is refused. Default 30, as Azkaban has it.</summary>
    [Range(1, 1_000_000)]
    public int MaxConcurrentExecutions { get; set; } = 30;

    /// <summary>Nodes of one execution, embedded workflows counted each time they are embedded. Default 200 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxNodes { get; set; } = 200_000;

    /// <summary>Journal rows between two snapshots of an execution; bounds what recovery has to read. Default 256.</summary>
    [Range(1, 100_000)]
    public int RowsPerSnapshot { get; set; } = 256;

    /// <summary>How often an attempt may be lost by the platform before its node fails. Default 3.</summary>
    [Range(0, 1_000)]
    public int MaxLostAttempts { get; set; } = 3;

    /// <summary>
    /// How often a plugin is asked to end work that goes on elsewhere, when its node is stopped and nothing of it runs here; a second after
    /// the first failure, then each time after twice as long. Then the node ends, and says what is left. Default 6.
    /// </summary>
    [Range(1, 15)]
    public int KillAttempts { get; set; } = 6;

    /// <summary>
    /// How long an execution may take from its start when <c>flow.timeout</c> does not say; pauses count. Azkaban calls it
    /// <c>azkaban.server.flow.max.running.minutes</c>. Default 0: for ever, as Azkaban has it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan ExecutionTimeout { get; set; }

    /// <summary>After this long an execution offers attempts again that no silo has claimed. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan OfferAgainDelay { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long jobs may still run when their silo is told to stop; what has not ended by then is interrupted and run again on another
    /// silo. Default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the stop of a silo may take behind <see cref="DrainGrace"/>; what is left then is killed. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Ends of attempts that may wait to be stored while their slots take new work; further ones keep their slots. Bounds memory, each
    /// end with its output properties, while the database is away. Default 1 000.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxWaitingEnds { get; set; } = 1_000;

    /// <summary>How often a pipelined execution looks at the one it follows. Default 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan FollowDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often every silo looks for executions whose owner is gone, beside the look at each change of membership. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RecoverySweepDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often every process looks for changed quotas, and how long an attempt that waits for one may miss that there is room again
    /// when the message about it is lost. Default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan QuotaCheckDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often silos look for permits that a dead silo has not given back. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PermitSweepDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the package copies of ended executions are removed. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan DirectorySweepDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Folder for the executions' copies of their packages; a full path. Default: <c>work</c> in the data folder.</summary>
    public string WorkFolder { get; set; } = "";

    /// <summary>IANA name of the zone in which scripts are told the start of their execution. Default UTC.</summary>
    [Required]
    public string Zone { get; set; } = "UTC";

    /// <summary>Where users reach the server, for the links that scripts are given. Null gives no links.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary><see cref="Groups"/> with what an empty one stands for; empty on a silo without slots.</summary>
    public IReadOnlyDictionary<string, int> OfferedGroups => (Groups.Count, Slots) switch
    {
        (_, 0) => new Dictionary<string, int>(),
        (0, _) => new Dictionary<string, int> { [IDispatchQueueGrain.DefaultGroup] = Slots },
        _ => Groups,
    };

    /// <summary><see cref="Zone"/> as the platform knows it.</summary>
    /// <exception cref="TimeZoneNotFoundException">There is no such zone.</exception>
    public TimeZoneInfo FindZone() => TimeZoneInfo.FindSystemTimeZoneById(Zone);
}
