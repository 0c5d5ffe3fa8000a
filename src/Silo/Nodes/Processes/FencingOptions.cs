using System.ComponentModel.DataAnnotations;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>
/// When the jobs of a silo are killed that gives no sign of life. Section <c>Fencing</c> of the configuration. Only for members of a
/// cluster: nobody takes over from a silo that is alone.
/// </summary>
internal sealed class FencingOptions
{
    public const string Section = "Fencing";

    /// <summary>
    /// How long a silo may be frozen before its jobs are killed. Must lie below the time after which other silos can give it up, so that
    /// the jobs are gone before they run again there. Default 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(2);
}
