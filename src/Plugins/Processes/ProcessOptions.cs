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
    /// Users of the system that <c>shell</c> nodes may run as (<c>user.to.proxy</c>). The server must run as root then, and these users be
    /// able to enter its data folder. Default: nobody.
    /// </summary>
    public IList<string> ProxyUsers { get; init; } = [];

    /// <summary>CPU time of each process of a <c>shell</c> node, whole seconds. Default: no limit.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan? MaxCpu { get; set; }

    /// <summary>Bytes of address space of each process of a <c>shell</c> node. Default: no limit.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long? MaxMemory { get; set; }

    /// <summary>Files that each process of a <c>shell</c> node may have open. Default: no limit but the system's.</summary>
    [Range(16, int.MaxValue)]
    public int? MaxOpenFiles { get; set; }

    /// <summary>
    /// Processes that the user of a <c>shell</c> node may have at one time, whoever has started them; root has no such limit. Default: no
    /// limit but the system's.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? MaxProcesses { get; set; }

    /// <summary>
    /// Folder for the files through which jobs get their properties and hand on others; of one process alone. A full path. Default:
    /// <c>scratch</c> in the data folder.
    /// </summary>
    public string ScratchFolder { get; set; } = "";
}
