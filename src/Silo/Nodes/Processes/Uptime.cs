using System.Globalization;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>The clock of <c>/proc/uptime</c>, in hundredths of a second: no one can set it, and a shell can read it.</summary>
internal static class Uptime
{
    public const int PerSecond = 100;

    public static long Read()
    {
        var text = File.ReadAllText("/proc/uptime").AsSpan();
        var dot = text.IndexOf('.');
        return long.Parse(text[..dot], CultureInfo.InvariantCulture) * PerSecond + int.Parse(text.Slice(dot + 1, 2), CultureInfo.InvariantCulture);
    }
}
