using Scheduler.Silo.Cli.Rendering;

namespace Scheduler.Silo.Tests.Cli;

public class DurationsTests
{
    [Theory]
    [InlineData(-3, "0.00 s")]
    [InlineData(0.124, "0.12 s")]
    [InlineData(9.994, "9.99 s")]
    [InlineData(9.996, "10.0 s")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(59.96, "0 min 59 s")]
    [InlineData(185, "3 min 05 s")]
    [InlineData(93_720, "26 h 02 min")]
    public void A_duration_is_as_exact_as_its_reader_needs(double seconds, string text) =>
        Assert.Equal(text, Durations.ToText(TimeSpan.FromSeconds(seconds)));
}
