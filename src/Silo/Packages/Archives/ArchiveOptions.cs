using System.ComponentModel.DataAnnotations;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// How much one package may contain. Every limit is checked against bytes that were really read, never against what a header
/// claims; a package beyond any of them is refused as a whole. Folders read in place obey the same limits.
/// </summary>
internal sealed class ArchiveOptions
{
    /// <summary>Files and directories listed in the archive. Default 20 000.</summary>
    [Range(1, 1_000_000)]
    public int MaxEntries { get; set; } = 20_000;

    /// <summary>Bytes of all files together, unpacked. Default 1 GiB.</summary>
    [Range(typeof(long), "1", "1099511627776")]
    public long MaxTotalBytes { get; set; } = 1L << 30;

    /// <summary>Bytes of one file, unpacked. Default 200 MiB.</summary>
    [Range(typeof(long), "1", "1099511627776")]
    public long MaxFileBytes { get; set; } = 200L << 20;

    /// <summary>
    /// Unpacked bytes per packed byte, of one file and of the whole archive. Default 100; text rarely passes 20, and deflate cannot
    /// pass 1 032.
    /// </summary>
    [Range(1, 1_032)]
    public int MaxRatio { get; set; } = 100;

    /// <summary>Unpacked bytes below which the ratio is not looked at, so that a small file of blanks passes. Default 10 MiB.</summary>
    [Range(typeof(long), "0", "1099511627776")]
    public long RatioFloorBytes { get; set; } = 10L << 20;

    /// <summary>Characters (UTF-16) of a path inside the package. Default 255, as in Azkaban's schema.</summary>
    [Range(1, 4_096)]
    public int MaxPathLength { get; set; } = 255;

    /// <summary>Names in a path, the file's own included. Default 32.</summary>
    [Range(1, 1_024)]
    public int MaxDepth { get; set; } = 32;

    /// <summary>
    /// Where archives are unpacked while they are read; made when missing. It needs room for <see cref="MaxTotalBytes"/> per upload
    /// under way. Null, the default, takes the system's folder for temporary files.
    /// </summary>
    public string? WorkFolder { get; set; }
}
