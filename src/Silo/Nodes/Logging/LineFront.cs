using System.Text.Unicode;
using LogLevel = Scheduler.Contracts.Plugins.LogLevel;

namespace Scheduler.Silo.Nodes.Logging;

/// <summary>
/// What stands in front of each line: <c>dd-MM-yyyy HH:mm:ss z node LEVEL - </c>, the pattern of Azkaban's job logs, with UTC as the
/// zone. Written anew only when the second or the level changes.
/// </summary>
/// <remarks>Of the node's name only the part after its last dot is shown, as log4j's <c>%c{1}</c> does. Not thread-safe.</remarks>
internal sealed class LineFront(string nodeName)
{
    private readonly string _name = nodeName[(nodeName.LastIndexOf('.') + 1)..];
    private readonly byte[] _bytes = new byte[64 + 3 * nodeName.Length];
    private int _length;
    private long _second = -1;
    private LogLevel _level;

    /// <summary>Valid until the next call.</summary>
    public ReadOnlySpan<byte> At(LogLevel level, DateTimeOffset now)
    {
        var second = now.UtcTicks / TimeSpan.TicksPerSecond;
        if (second != _second || level != _level)
        {
            Utf8.TryWrite(_bytes, $"{now.UtcDateTime:dd-MM-yyyy HH:mm:ss} UTC {_name} {Word(level)} - ", out _length);
            (_second, _level) = (second, level);
        }

        return _bytes.AsSpan(0, _length);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Debug => "DEBUG",
        LogLevel.Info => "INFO",
        LogLevel.Warn => "WARN",
        _ => "ERROR",
    };
}
