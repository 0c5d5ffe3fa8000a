using System.Globalization;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>Instants as Azkaban writes them.</summary>
internal static class Timestamps
{
    /// <summary>Milliseconds since 1970; -1 for what has not happened.</summary>
    public static long Milliseconds(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds() ?? -1;

    /// <summary><c>2023-08-02 18:13:20</c> in the zone of the server, or <c>-</c>.</summary>
    public static string Text(DateTimeOffset? instant, TimeZoneInfo zone) => instant is { } known
        ? TimeZoneInfo.ConvertTime(known, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : "-";
}
