using Scheduler.Silo.Nodes.Processes;

namespace Scheduler.Silo.Tests.Nodes.Processes;

public sealed class SiloMarkerTests
{
    private static readonly SiloMarker Own = SiloMarker.ForThisProcess();

    [Fact]
    public void It_survives_being_written_and_read() => Assert.Equal(Own, SiloMarker.Parse(Own.ToString()));

    [Fact]
    public void Two_silos_of_one_process_differ() => Assert.NotEqual(Own, SiloMarker.ForThisProcess());

    [Fact]
    public void A_living_silo_is_not_gone() => Assert.False(Own.IsCertainlyGone());

    [Fact]
    public void A_process_that_was_given_the_number_later_is_another() =>
        Assert.True((Own with { StartedAt = Own.StartedAt - 1 }).IsCertainlyGone());

    [Fact]
    public void A_number_that_nobody_has_is_gone() => Assert.True((Own with { Pid = int.MaxValue }).IsCertainlyGone());

    [Fact]
    public void Nothing_is_certain_about_another_container() =>
        Assert.False((Own with { PidNamespace = "1", Pid = int.MaxValue }).IsCertainlyGone());

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c.d")]
    [InlineData("1.2.3")]
    [InlineData("1.-2.3.abcdefgh")]
    [InlineData("1.2.3.abc")]
    [InlineData("1.2.3.abcdefgh.5")]
    public void What_others_write_is_no_marker(string text) => Assert.Null(SiloMarker.Parse(text));
}
