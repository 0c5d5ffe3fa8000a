using System.ComponentModel.DataAnnotations;

namespace Scheduler.Api.Azkaban;

/// <summary>How the Azkaban facade behaves where clients or operators want different things. Section <c>Azkaban</c>.</summary>
public sealed class AzkabanOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Azkaban";

    /// <summary>Largest multipart request in bytes; it is written to a temporary file while it arrives. Default 1 GiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; set; } = 1L << 30;

    /// <summary>Largest urlencoded body, and the sum of the text parts of a multipart request, in bytes. Default 10 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxFormBytes { get; set; } = 10 << 20;

    /// <summary>Where uploads are kept until they are stored. Default: the temporary directory of the system.</summary>
    [Required]
    public string UploadDirectory { get; set; } = Path.GetTempPath();

    /// <summary>Most rows a listing of executions or project events returns; a larger <c>length</c> is cut. Default 10 000.</summary>
    [Range(1, 1_000_000)]
    public int MaxPageLength { get; set; } = 10_000;

    /// <summary>Most projects a listing shows. Default 10 000.</summary>
    [Range(1, 1_000_000)]
    public int MaxProjects { get; set; } = 10_000;

    /// <summary>Most log bytes one call returns; a larger <c>length</c> is cut. Clients do ask for 10 MiB. Default 16 MiB.</summary>
    [Range(4, 256 << 20)]
    public int MaxLogBytes { get; set; } = 16 << 20;

    /// <summary>Most nodes a graph may have, embedded workflows expanded, to be shown. Default 100 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxGraphNodes { get; set; } = 100_000;

    /// <summary>True: upload errors answer 200 instead of 400, 403, 410 and 500, as releases before late 2016 did. Default false.</summary>
    public bool UploadErrorsAnswerOk { get; set; }

    /// <summary>
    /// Answer to creating a project that exists; <c>{name}</c> becomes its name. Default <c>Project already exists.</c>; clients of
    /// old releases compare with <c>Active project with name {name} already exists in db.</c>
    /// </summary>
    [Required]
    public string ProjectExistsText { get; set; } = "Project already exists.";

    /// <summary>
    /// True: a name given to <c>addPermission</c> must be a user or group that the directory knows. False, for directories that
    /// cannot be asked: any name is taken. Default true.
    /// </summary>
    public bool ChecksNames { get; set; } = true;

    /// <summary>True: only users with the permission <c>CREATEPROJECTS</c> may create projects. Default false.</summary>
    public bool LocksProjectCreation { get; set; }

    /// <summary>True: only users with the permission <c>UPLOADPROJECTS</c> may upload. Default false.</summary>
    public bool LocksUploads { get; set; }

    /// <summary>Zone of the timestamps that are sent as text, on pages. An IANA name; default <c>UTC</c>.</summary>
    [Required]
    public string ServerZone { get; set; } = "UTC";

    /// <summary>
    /// Proxies, as addresses or networks such as <c>10.0.0.0/8</c>, whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c>
    /// are believed. The loopback address always is. Default none.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>What is wrong with values that attributes cannot check; empty when nothing is.</summary>
    internal IEnumerable<string> FindFaults()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(ServerZone, out _))
            yield return $"{Section}:{nameof(ServerZone)} names no zone: {ServerZone}";
        if (!Directory.Exists(UploadDirectory))
            yield return $"{Section}:{nameof(UploadDirectory)} is no directory: {UploadDirectory}";
        foreach (var proxy in TrustedProxies.Where(proxy => !TrustedProxy.TryParse(proxy, out _)))
            yield return $"{Section}:{nameof(TrustedProxies)} has an entry that is neither address nor network: {proxy}";
    }
}
