using System.ComponentModel.DataAnnotations;

namespace Scheduler.Silo.Packages;

/// <summary>
/// How much the definitions of one package may say. They bound memory and time of reading a package, and the size of what one
/// execution of it can become; real packages stay far below.
/// </summary>
internal sealed class DefinitionOptions
{
    /// <summary>Bytes of one <c>.job</c>, <c>.properties</c>, <c>.flow</c> or <c>.project</c> file. Default 16 MiB.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxFileBytes { get; set; } = 16 << 20;

    /// <summary>Bytes of all those files together. Default 128 MiB.</summary>
    [Range(typeof(long), "1024", "4294967296")]
    public long MaxTotalBytes { get; set; } = 128L << 20;

    /// <summary>Keys of one properties file. Default 20 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxKeys { get; set; } = 20_000;

    /// <summary>Characters of one value. Default 1 Mi.</summary>
    [Range(1, 1 << 30)]
    public int MaxValueLength { get; set; } = 1 << 20;

    /// <summary>Keys of all merged <c>.properties</c> chains together, one per directory with such files. Default 1 000 000.</summary>
    [Range(1, 100_000_000)]
    public int MaxInheritedKeys { get; set; } = 1_000_000;

    /// <summary>How deep YAML may nest, aliases followed. Default 64.</summary>
    [Range(4, 1_000)]
    public int MaxYamlDepth { get; set; } = 64;

    /// <summary>
    /// Scalars, lists and maps of one YAML file, each counted again wherever an alias repeats it. Default 500 000: room for a complete
    /// bipartite graph of 500 by 500 nodes.
    /// </summary>
    [Range(1, 100_000_000)]
    public int MaxYamlNodes { get; set; } = 500_000;

    /// <summary>The same over all YAML files of the package. Default 2 000 000.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxTotalYamlNodes { get; set; } = 2_000_000;

    /// <summary>Nodes of all workflows together; a node counts in each workflow it belongs to. Default 1 000 000.</summary>
    [Range(1, 100_000_000)]
    public int MaxNodes { get; set; } = 1_000_000;

    /// <summary>Nodes of one execution, embedded workflows unfolded. Default 100 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxExecutionNodes { get; set; } = 100_000;

    /// <summary>Findings that are listed; further ones are counted. Default 1 000.</summary>
    [Range(1, 1_000_000)]
    public int MaxFindings { get; set; } = 1_000;

    /// <summary>Largest <c>Xms</c> of a node, a number with an optional unit <c>K</c>, <c>M</c> or <c>G</c>. Default <c>1G</c>.</summary>
    [RegularExpression("[0-9]{1,12}[KMGkmg]?")]
    public string MaxXms { get; set; } = "1G";

    /// <summary>Largest <c>Xmx</c> of a node, written like <see cref="MaxXms"/>. Default <c>2G</c>.</summary>
    [RegularExpression("[0-9]{1,12}[KMGkmg]?")]
    public string MaxXmx { get; set; } = "2G";

    /// <summary>HTTP callbacks of a node per status. Default 3.</summary>
    [Range(0, 100)]
    public int MaxCallbacks { get; set; } = 3;

    /// <summary>Characters of the body of a callback. Default 4 096.</summary>
    [Range(1, 1 << 20)]
    public int MaxCallbackBody { get; set; } = 4_096;
}
