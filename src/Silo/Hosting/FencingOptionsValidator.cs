using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Scheduler.Silo.Nodes.Processes;

namespace Scheduler.Silo.Hosting;

/// <summary>Holds the limit of fencing against the membership settings in force: fenced jobs must be dead before their silo is given up.</summary>
internal sealed class FencingOptionsValidator(IOptions<ClusterMembershipOptions> membership) : IValidateOptions<FencingOptions>
{
    /// <summary>For the reaper to wake, look and kill, on a busy machine.</summary>
    private static readonly TimeSpan KillTime = TimeSpan.FromMilliseconds(500);

    public ValidateOptionsResult Validate(string? name, FencingOptions options)
    {
        var latest = EarliestDeathOf(membership.Value) - KillTime;
        return options.Limit <= latest
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{FencingOptions.Section}:{nameof(options.Limit)} is {options.Limit}, and the membership settings allow at most {latest}: "
                + "other silos could run jobs again before those of a frozen silo are killed.");
    }

    /// <summary>
    /// How soon after its last sign of life a silo can be given up: the probe that was just under way and all further ones are missed in
    /// the shortest time. The last one goes through another silo, which has half of the time for it.
    /// </summary>
    internal static TimeSpan EarliestDeathOf(ClusterMembershipOptions membership)
    {
        var direct = membership.MinProbeTimeout;
        var last = membership is { EnableIndirectProbes: true, NumMissedProbesLimit: > 1 } && membership.MaxProbeTimeout / 2 < direct
            ? membership.MaxProbeTimeout / 2
            : direct;
        return direct * (membership.NumMissedProbesLimit - 1) + last;
    }
}
