namespace Scheduler.Plugins.Export;

/// <summary>Where <c>export</c> nodes may put files.</summary>
public sealed class ExportOptions
{
    /// <summary>Where it stands in the configuration.</summary>
    public const string Section = "Export";

    /// <summary>
    /// The folder that files are written to and read from, and nothing outside of it. Nodes give paths below it. Servers of a cluster should
    /// share it. A full path. Default: <c>exports</c> in the data folder.
    /// </summary>
    public string Folder { get; set; } = "";
}
