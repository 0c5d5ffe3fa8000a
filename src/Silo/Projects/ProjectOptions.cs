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

    /// <summary>Archives unpacked at once; further uploads wait their turn. Default half the cores, at least one.</summary>
    [Range(1, 1_024)]
    public int ConcurrentUploads { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);
}
