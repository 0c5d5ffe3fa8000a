using System.ComponentModel.DataAnnotations;

namespace Scheduler.Plugins.Processes;

/// <summary>How jobs that are processes are treated.</summary>
public sealed class ProcessOptions
{
    /// <summary>Between SIGTERM and SIGKILL when an attempt must stop. A node overrides it with <c>kill.grace.ms</c>. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan KillGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long processes in the background may go on after their main process has ended by itself, so that a <c>tee</c> can write
    /// its last lines. Default 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LeftoverLinger { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Between SIGTERM and SIGKILL for what is left after <see cref="LeftoverLinger"/>. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LeftoverGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of output properties that are read; a larger file counts as none. Default 1 MiB.</summary>
    [Range(0, 64 * 1024 * 1024)]
    public int MaxOutputProperties { get; set; } = 1024 * 1024;

    /// <summary>Bytes of an inline script. Default 10 MiB.</summary>
    [Range(0, 64 * 1024 * 1024)]
    public int MaxScript { get; set; } = 10 * 1024 * 1024;

    /// <summary>
    /// Folder for the files through which jobs get their properties and hand on others; of one process alone. A full path. Default:
    /// <c>scratch</c> in the data folder.
    /// </summary>
    public string ScratchFolder { get; set; } = "";
}
