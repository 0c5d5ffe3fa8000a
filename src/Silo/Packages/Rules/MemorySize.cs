using System.Globalization;

namespace Scheduler.Silo.Packages.Rules;

/// <summary>Sizes as the JVM writes them: <c>512M</c>, <c>2g</c>, or plain bytes.</summary>
internal static class MemorySize
{
    /// <summary>Kilobytes, rounded down; null when it is no size.</summary>
    public static decimal? Kilobytes(string text)
    {
        if (text.Length == 0) return null;

        var unit = char.ToLowerInvariant(text[^1]);
        var number = unit is 'k' or 'm' or 'g' ? text[..^1] : text;
        if (!long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size)) return null;

        return unit switch
        {
            'g' => size * 1024m * 1024m,
            'm' => size * 1024m,
            'k' => size,
            _ => Math.Floor(size / 1024m),
        };
    }
}
