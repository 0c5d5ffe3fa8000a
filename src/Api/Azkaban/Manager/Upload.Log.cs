using Microsoft.Extensions.Logging;

namespace Scheduler.Api.Azkaban.Manager;

internal sealed partial class Upload
{
    [LoggerMessage(Level = LogLevel.Error, Message = "An upload to {Project} failed")]
    private partial void LogFailed(Exception exception, string project);
}
