using System.Globalization;

namespace Scheduler.Silo.Cli.Rendering;

/// <summary>Lengths of time in words, as exact as a reader needs them.</summary>
internal static class Durations
{
    /// <summary>Such as <c>0.12 s</c>, <c>42.1 s</c>, <c>3 min 05 s</c>, <c>26 h 02 min</c>. Negative ones, from clocks that differ, count as none.</summary>
    public static string ToText(TimeSpan duration)
    {
        var length = duration < TimeSpan.Zero ? TimeSpan.Zero : duration;
        return length.TotalSeconds switch
        {
            < 9.995 => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.00} s"),
            < 59.95 => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.0} s"),
            < 3_600 => $"{(int)length.TotalMinutes} min {length.Seconds:00} s",
            _ => $"{(int)length.TotalHours} h {length.Minutes:00} min",
        };
    }
}
