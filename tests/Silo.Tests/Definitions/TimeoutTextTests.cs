using Scheduler.Contracts.Definitions;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Tests.Definitions;

public sealed class TimeoutTextTests
{
    [Theory]
    [InlineData("90", 90, "90s")]
    [InlineData("90s", 90, "90s")]
    [InlineData(" 30m ", 1_800, "30m")]
    [InlineData("2h", 7_200, "2h")]
    [InlineData("120m", 7_200, "2h")]
    [InlineData("30d", 2_592_000, "30d")]
    public void Units_are_seconds_minutes_hours_and_days(string text, int seconds, string shortest)
    {
        Assert.Equal((TimeSpan.FromSeconds(seconds), null), TimeoutText.Read("t", text));
        Assert.Equal(shortest, DurationText.Of(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("none")]
    public void Nothing_and_none_are_no_time_out(string? text)
    {
        Assert.Equal((TimeSpan.Zero, null), TimeoutText.Read("t", text));
    }

    [Theory]
    [InlineData("soon", 0, "t=soon is not a time such as 90s, 30m, 2h or none; none is used")]
    [InlineData("m", 0, "t=m is not a time such as 90s, 30m, 2h or none; none is used")]
    [InlineData("1.5h", 0, "t=1.5h is not a time such as 90s, 30m, 2h or none; none is used")]
    [InlineData("5w", 0, "t=5w is not a time such as 90s, 30m, 2h or none; none is used")]
    [InlineData("${t}", 0, "t=${t} is not a time such as 90s, 30m, 2h or none; none is used")]
    [InlineData("0", 0, "t=0 is less than 1s; none is used")]
    [InlineData("-5m", 0, "t=-5m is less than 1s; none is used")]
    [InlineData("3650d", 2_592_000, "t=3650d is too long; 30d is used")]
    [InlineData("9223372036854775807d", 2_592_000, "t=9223372036854775807d is too long; 30d is used")]
    public void Nonsense_is_replaced_and_remarked(string text, int seconds, string remark)
    {
        Assert.Equal((TimeSpan.FromSeconds(seconds), remark), TimeoutText.Read("t", text));
    }
}
