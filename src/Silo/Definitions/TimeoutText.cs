using Scheduler.Contracts.Definitions;

namespace Scheduler.Silo.Definitions;

/// <summary>Time-outs as authors write them: <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>1d</c>, plain seconds, or <c>none</c>.</summary>
internal static class TimeoutText
{
    public const string None = "none";

    public static readonly TimeSpan Min = TimeSpan.FromSeconds(1);

    /// <summary>Within what a timer can count.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(30);

    /// <summary>What may be written, in words that continue "is not …".</summary>
    public static string Form => $"a time from {DurationText.Of(Min)} to {DurationText.Of(Max)}, such as 90s, 30m or 2h, or {None}";

    /// <summary>Reads one.</summary>
    /// <param name="key">The property it stands in.</param>
    /// <param name="text">Null or blank when it is not set.</param>
    /// <returns>Zero for none; and what is wrong with the text and taken instead, null when nothing is.</returns>
    public static (TimeSpan Timeout, string? Remark) Read(string key, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Trim() == None) return (TimeSpan.Zero, null);

        return DurationText.Seconds(text.Trim()) switch
        {
            null => (TimeSpan.Zero, $"{key}={text} is not a time such as 90s, 30m, 2h or {None}; {None} is used"),
            var seconds when seconds < (decimal)Min.TotalSeconds => (TimeSpan.Zero, $"{key}={text} is less than {DurationText.Of(Min)}; {None} is used"),
            var seconds when seconds > (decimal)Max.TotalSeconds => (Max, $"{key}={text} is too long; {DurationText.Of(Max)} is used"),
            { } seconds => (TimeSpan.FromSeconds((double)seconds), null),
        };
    }
}
