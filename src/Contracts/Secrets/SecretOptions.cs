using System.ComponentModel.DataAnnotations;

namespace Scheduler.Contracts.Secrets;

/// <summary>Limits of secrets and data sources, and what protects them in the database. Section <c>Secrets</c> of the configuration.</summary>
public sealed class SecretOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Secrets";

    /// <summary>Shorter values would be found, and masked, in every second line of a log.</summary>
    public const int ShortestValue = 4;

    /// <summary>Characters of the name of a secret or a data source. Default 64.</summary>
    [Range(1, 200)]
    public int LongestName { get; set; } = 64;

    /// <summary>Bytes of a secret or a password as UTF-8; enough for a private key. Default 8 KiB.</summary>
    [Range(ShortestValue, 64 * 1024)]
    public int LongestValue { get; set; } = 8 * 1024;

    /// <summary>Characters of one option of a data source. Default 2 048.</summary>
    [Range(16, 64 * 1024)]
    public int LongestOption { get; set; } = 2_048;

    /// <summary>How long opening a data source may take when an administrator tests it. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan TestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Entries of a list that are shown at one time. Default 200.</summary>
    [Range(1, 10_000)]
    public int LongestPage { get; set; } = 200;

    /// <summary>
    /// A file with a certificate and its private key, PEM or PKCS #12, that protects the keys in the database: a copy of the database
    /// alone then gives no secret away. The same on every process. Null: the keys are stored as they are.
    /// </summary>
    public string? KeyCertificate { get; set; }

    /// <summary>The password of <see cref="KeyCertificate"/>; null when it has none.</summary>
    public string? KeyCertificatePassword { get; set; }
}
