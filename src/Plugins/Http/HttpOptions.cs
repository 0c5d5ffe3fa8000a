using System.ComponentModel.DataAnnotations;

namespace Scheduler.Plugins.Http;

/// <summary>Bounds of <c>http</c> nodes.</summary>
public sealed class HttpOptions
{
    /// <summary>Where it stands in the configuration.</summary>
    public const string Section = "Http";

    /// <summary>Bytes of an answer, unpacked, that are read; the rest is left. Default 1 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxAnswer { get; set; } = 1024 * 1024;

    /// <summary>Bytes of a body that is sent. Default 10 MiB.</summary>
    [Range(0, 256 * 1024 * 1024)]
    public int MaxBody { get; set; } = 10 * 1024 * 1024;

    /// <summary>Characters of an answer in the log and in the output <c>body</c>. Default 4,096.</summary>
    [Range(0, 64 * 1024)]
    public int MaxShown { get; set; } = 4096;

    /// <summary>The longest time one request may take, whatever its node says. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromHours(1);
}
