using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Tests.Hosting;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        Assert.True(new MembershipOptionsValidator().Validate(null, new MembershipOptions()).Succeeded);
        Assert.True(new EngineOptionsValidator().Validate(null, new EngineOptions()).Succeeded);
        Assert.Null(new SchedulerOptions().FindFault());
    }

    [Fact]
    public void Probe_time_outs_that_contradict_each_other_are_told_both_at_once()
    {
        var options = new MembershipOptions { MinProbeTimeout = TimeSpan.FromSeconds(3), ProbeTimeout = TimeSpan.FromSeconds(2) };
        var failures = new MembershipOptionsValidator().Validate(null, options).Failures;

        Assert.Equal(
            [
                "Membership:MinProbeTimeout (00:00:03) is longer than Membership:ProbeTimeout (00:00:02).",
                "Membership:MaxProbeTimeout (00:00:01.5000000) is shorter than Membership:ProbeTimeout (00:00:02).",
            ],
            failures);
    }

    [Fact]
    public void Bad_groups_are_told_with_the_rule_they_break()
    {
        var options = new EngineOptions { Slots = 4, Groups = { ["a b"] = 1, ["gpu"] = 5, ["none"] = 0, ["all"] = 4 } };
        var failures = new EngineOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Equal(3, failures.Count);
        Assert.StartsWith("Engine:Groups: 'a b' is no worker group; a name has", failures[0], StringComparison.Ordinal);
        Assert.Equal("Engine:Groups:gpu is 5; it must be 1 to Engine:Slots, which is 4.", failures[1]);
        Assert.StartsWith("Engine:Groups:none is 0;", failures[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)Roles.Api, null, false)]
    [InlineData((int)Roles.Silo, "", false)]
    [InlineData((int)Roles.Silo, "Host=db", true)]
    [InlineData((int)Roles.All, null, true)]
    [InlineData(0, "Host=db", false)]
    [InlineData(4, "Host=db", false)]
    public void A_single_role_needs_a_cluster(int roles, string? database, bool isPossible) =>
        Assert.Equal(isPossible, new SchedulerOptions { Roles = (Roles)roles, Database = database }.FindFault() is null);
}
