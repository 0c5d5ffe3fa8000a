using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance;

/// <summary>A job for the plugin under test, and what is expected of it.</summary>
public sealed class ConformanceCase
{
    /// <summary>The settings, and whatever other properties the job has.</summary>
    public Dictionary<string, string> Properties { get; } = [];

    /// <summary>Files of the package: content by relative path.</summary>
    public Dictionary<string, string> Files { get; } = [];

    /// <summary>Values by the name under which <c>${secret:name}</c> finds them.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>What <see cref="NodeContext.FindDataSource"/> finds.</summary>
    public List<DataSource> DataSources { get; } = [];

    /// <summary>All outputs of a success, by name; null stands for any value.</summary>
    public Dictionary<string, string?> Outputs { get; } = [];

    /// <summary>The code of a failure; null stands for any.</summary>
    public string? Code { get; init; }
}
