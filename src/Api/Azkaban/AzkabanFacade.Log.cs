using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Scheduler.Api.Azkaban;

internal sealed partial class AzkabanFacade
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is away; {Path} was answered with 503")]
    private partial void LogUnavailable(Exception exception, PathString path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed")]
    private partial void LogFailed(Exception exception, PathString path);
}
