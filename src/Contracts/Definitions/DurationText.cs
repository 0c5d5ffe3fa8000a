using System.Globalization;

namespace Scheduler.Contracts.Definitions;

/// <summary>Lengths of time as authors write them: <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>1d</c>, or plain seconds.</summary>
public static class DurationText
{
    /// <summary>Every text with a meaning that is not below zero.</summary>
    public const string Pattern = "^[0-9]{1,18}[smhd]?$";

    /// <summary>Null when the text is none. May be longer than a <see cref="TimeSpan"/> can hold, and below zero.</summary>
    public static decimal? Seconds(string text)
    {
        if (text.Length == 0) return null;

        var unit = char.IsAsciiLetter(text[^1]) ? text[^1] : 's';
        var number = char.IsAsciiLetter(text[^1]) ? text[..^1] : text;
        if (!long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)) return null;

        return unit switch
        {
            's' => count,
            'm' => count * 60m,
            'h' => count * 3_600m,
            'd' => count * 86_400m,
            _ => null,
        };
    }

    /// <summary>In the largest unit that gives a whole number: 5400 seconds are <c>90m</c>. Parts of a second are left out.</summary>
    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        return seconds switch
        {
            0 => "0s",
            _ when seconds % 86_400 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400}d"),
            _ when seconds % 3_600 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3_600}h"),
            _ when seconds % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
        };
    }
}
