using System.ComponentModel.DataAnnotations;

namespace Scheduler.Silo.Projects;

/// <summary>How projects are kept. Section <c>Projects</c> of the configuration.</summary>
internal sealed class ProjectOptions
{
    public const string Section = "Projects";

    /// <summary>
    /// Memory for definitions in use, in bytes of their stored JSON; in memory they take about three times that. Default 64 MiB.
    /// </summary>
    [Range(0, 16L << 30)]
    public long DefinitionCacheBytes { get; set; } = 64L << 20;
}
