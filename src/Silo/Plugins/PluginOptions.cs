using System.ComponentModel.DataAnnotations;

namespace Scheduler.Silo.Plugins;

/// <summary>Where plugins are and how they are treated. Section <c>Plugins</c> of the configuration.</summary>
internal sealed class PluginOptions
{
    public const string Section = "Plugins";

    /// <summary>
    /// A folder with one folder per plugin, or several separated by semicolons. Full paths, or relative to where the process was started.
    /// Default: <c>plugins</c> in the data folder.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>
    /// Where plugins are copied to when they are loaded, so that nobody changes one under the hands of an attempt. A full path. Default:
    /// <c>plugin-copies</c> in the data folder.
    /// </summary>
    public string CopyFolder { get; set; } = "";

    /// <summary>How long a plugin may take to be loaded, and its process to start. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one message of a plugin that runs in a process of its own; a longer one ends the process. Default 16 MiB.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int MaxMessage { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Nodes on ODBC data sources run in processes of their own, so that a driver that crashes costs one attempt. Takes a second at the
    /// start of each. Default true.
    /// </summary>
    public bool IsolateOdbc { get; set; } = true;

    /// <summary>The folders as full paths.</summary>
    public IReadOnlyList<string> Folders =>
        [.. Folder.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Path.GetFullPath)];
}
