using Microsoft.AspNetCore.Http;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>Headers that take away what a browser could do with an answer; programs ignore them.</summary>
internal static class SecurityHeaders
{
    /// <summary>Scripts and styles come only from this server, and no other page may frame this one.</summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'";

    /// <summary>For every answer. Addresses may hold a session id, so they are told to nobody.</summary>
    public static void Add(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    public static void AddForPage(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = PagePolicy;
        response.Headers.XFrameOptions = "DENY";
    }
}
