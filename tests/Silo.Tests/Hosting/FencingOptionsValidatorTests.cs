using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Nodes.Processes;

namespace Scheduler.Silo.Tests.Hosting;

public sealed class FencingOptionsValidatorTests
{
    [Theory]
    [InlineData(1.0, 1.5, 3, true, 2.75)]
    [InlineData(1.0, 1.5, 3, false, 3.0)]
    [InlineData(1.0, 4.0, 3, true, 3.0)]
    [InlineData(2.0, 2.0, 1, true, 2.0)]
    public void The_earliest_death_is_the_shortest_row_of_missed_probes(double least, double most, int probes, bool indirect, double expected)
    {
        var membership = Membership(least, most, probes, indirect);

        Assert.Equal(TimeSpan.FromSeconds(expected), FencingOptionsValidator.EarliestDeathOf(membership));
    }

    [Theory]
    [InlineData(2.0, true)]
    [InlineData(2.25, true)]
    [InlineData(2.26, false)]
    [InlineData(10.0, false)]
    public void A_limit_must_leave_time_to_kill_before_the_earliest_death(double limit, bool isValid)
    {
        var validator = new FencingOptionsValidator(Options.Create(Membership(1.0, 1.5, 3, indirect: true)));

        var result = validator.Validate(null, new FencingOptions { Limit = TimeSpan.FromSeconds(limit) });

        Assert.Equal(isValid, result.Succeeded);
        if (!isValid) Assert.Contains("Fencing:Limit", result.FailureMessage, StringComparison.Ordinal);
    }

    private static ClusterMembershipOptions Membership(double least, double most, int probes, bool indirect) => new()
    {
        MinProbeTimeout = TimeSpan.FromSeconds(least),
        MaxProbeTimeout = TimeSpan.FromSeconds(most),
        NumMissedProbesLimit = probes,
        EnableIndirectProbes = indirect,
    };
}
