using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Scheduler.Silo.Hosting;

/// <summary>
/// How soon the members of a cluster take one of their own for dead. Section <c>Membership</c> of the configuration; the same on all
/// members. With the defaults a killed process is noticed in about 2 s, a frozen one in under 5 s.
/// </summary>
internal sealed class MembershipOptions
{
    public const string Section = "Membership";

    /// <summary>How long a member waits for the answer to a probe, and for its turn to send the next. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait is never adapted below this. At most <see cref="ProbeTimeout"/>. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan MinProbeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The wait is never adapted above this: a slow member gets up to so much time for each probe, and a frozen one is noticed so much
    /// later. At least <see cref="ProbeTimeout"/>. Default 1.5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan MaxProbeTimeout { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Probes in a row without an answer that make a member suspect. Default 3.</summary>
    [Range(1, 100)]
    public int MissedProbesLimit { get; set; } = 3;

    /// <summary>
    /// How often a member reads the table of members, beside being told of changes. One that was given up and is alive learns there that it
    /// must end. Default 0.5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan TableRefresh { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// How long the jobs of a member that was given up are left alone while its port still accepts connections: it is alive then, or frozen,
    /// and may be running them until it learns of it. At least three times <see cref="TableRefresh"/>. Default 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.300", "00:30:00")]
    public TimeSpan DeathNotice { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a member writes into that table that it is there. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan IAmAlive { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>The rules between the values; their ranges are attributes.</summary>
internal sealed class MembershipOptionsValidator : IValidateOptions<MembershipOptions>
{
    public ValidateOptionsResult Validate(string? name, MembershipOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(MembershipOptions options)
    {
        if (options.MinProbeTimeout > options.ProbeTimeout)
            yield return $"Membership:MinProbeTimeout ({options.MinProbeTimeout}) is longer than Membership:ProbeTimeout ({options.ProbeTimeout}).";
        if (options.DeathNotice < 3 * options.TableRefresh)
            yield return $"Membership:DeathNotice ({options.DeathNotice}) is shorter than three times Membership:TableRefresh ({options.TableRefresh}).";
        if (options.MaxProbeTimeout < options.ProbeTimeout)
            yield return $"Membership:MaxProbeTimeout ({options.MaxProbeTimeout}) is shorter than Membership:ProbeTimeout ({options.ProbeTimeout}).";
    }
}
