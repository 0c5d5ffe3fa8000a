using Microsoft.AspNetCore.Http;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>
/// Addresses as the client sees them. What a trusted proxy forwarded has already replaced scheme and host of the request.
/// </summary>
internal static class BaseAddress
{
    /// <summary>Absolute form of a path; a request without a host, as HTTP/1.0 allows, keeps the path.</summary>
    public static string Absolute(HttpRequest request, string path) =>
        request.Host.HasValue ? $"{request.Scheme}://{request.Host.ToUriComponent()}{path}" : path;

    public static string ProjectPage(string project) => $"/manager?project={Uri.EscapeDataString(project)}";
}
