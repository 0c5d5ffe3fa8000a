using Microsoft.AspNetCore.Http;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>
/// A request that cannot be understood. It ends as an HTML error page with this message; for a missing parameter or a number that
/// is none Azkaban's status is 500.
/// </summary>
internal sealed class ParameterException(string message, int statusCode = StatusCodes.Status500InternalServerError)
    : Exception(message)
{
    public int StatusCode { get; } = statusCode;

    public static ParameterException Missing(string name) => new($"Missing required parameter '{name}'.");

    public static ParameterException NotANumber(string text) => new($"For input string: \"{text}\"");
}
