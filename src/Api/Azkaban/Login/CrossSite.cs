using Microsoft.AspNetCore.Http;

namespace Scheduler.Api.Azkaban.Login;

/// <summary>
/// Recognises a change that another web site makes with the cookie of a visitor. Browsers say where a request comes from
/// (Fetch Metadata, W3C, and <c>Origin</c>); programs say nothing and pass, so no token is needed.
/// </summary>
/// <remarks>Azkaban demands a token for four calls, which locks out programs that keep cookies. This covers every change.</remarks>
internal static class CrossSite
{
    public const string Refusal = "CSRF validation failed.";

    public static bool IsForged(HttpRequest request, Caller caller)
    {
        if (!caller.IsAmbient) return false;

        var site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0) return site != "same-origin" && site != "none";

        var origin = request.Headers.Origin;
        return origin.Count > 0 && origin != $"{request.Scheme}://{request.Host.ToUriComponent()}";
    }
}
