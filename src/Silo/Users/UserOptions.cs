using System.ComponentModel.DataAnnotations;

namespace Scheduler.Silo.Users;

/// <summary>How users prove who they are, and for how long. Section <c>Users</c> of the configuration.</summary>
internal sealed class UserOptions
{
    public const string Section = "Users";

    /// <summary>
    /// Rounds of PBKDF2 with HMAC-SHA-512 for a new password. Default 210 000, the figure of OWASP's password storage cheat
    /// sheet; about a tenth of a second. Passwords stored with fewer rounds are stored again at their next login.
    /// </summary>
    [Range(100_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Passwords checked at once, so that a flood of logins leaves cores for the jobs. Default half the cores, at least one.</summary>
    [Range(1, 1024)]
    public int ConcurrentChecks { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Logins that may wait for a check; further ones are told to come back. Default 200.</summary>
    [Range(0, 100_000)]
    public int WaitingChecks { get; set; } = 200;

    /// <summary>A session lives at least this long behind its last request. Default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "90.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>A session in use is prolonged in the database at most this often. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SessionProlongEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a process trusts what it knows of a session. A logout or a new password ends a session everywhere within this
    /// time, and new rights reach it within it. Default 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan SessionTrustedFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Live sessions of one user; one more closes the one that was used least recently. Default 1 000.</summary>
    [Range(1, 100_000)]
    public int SessionsPerUser { get; set; } = 1_000;

    /// <summary>How guessing is slowed down.</summary>
    [Required]
    public ThrottleOptions Throttle { get; set; } = new();
}

/// <summary>How failed logins slow down the next ones. Counted in each process for itself.</summary>
internal sealed class ThrottleOptions
{
    /// <summary>Failures of one account before anybody has to wait. Default 5.</summary>
    [Range(1, 1_000)]
    public int FreePerAccount { get; set; } = 5;

    /// <summary>Failures from one address before it has to wait; larger, as many people may share one. Default 30.</summary>
    [Range(1, 10_000)]
    public int FreePerAddress { get; set; } = 30;

    /// <summary>The first wait; each further failure doubles it. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait, so that guessing cannot lock an owner out for good. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>One failure is forgiven each time this much passes without another. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ForgivenEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Accounts, and as many addresses, that are remembered; the ones quiet for longest are forgotten first. Default 20 000.</summary>
    [Range(100, 10_000_000)]
    public int Remembered { get; set; } = 20_000;
}
