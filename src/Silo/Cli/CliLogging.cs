using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Scheduler.Silo.Cli;

/// <summary>Logs of the engine inside a verb, for those who asked with <c>--verbose</c>.</summary>
internal static class CliLogging
{
    /// <summary>To standard error, so that they mix with no result.</summary>
    public static void AddTo(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning);
    }
}
