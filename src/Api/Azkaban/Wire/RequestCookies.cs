using Microsoft.AspNetCore.Http;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>
/// Reads the <c>Cookie</c> header as Azkaban's server does: a value may be quoted and then holds any character. The parser of
/// ASP.NET Core drops such cookies, among them the flash messages.
/// </summary>
internal static class RequestCookies
{
    /// <summary>The first cookie of that name without its quotes; null when it was not sent or is empty.</summary>
    public static string? Find(HttpRequest request, string name)
    {
        foreach (var header in request.Headers.Cookie)
        {
            ReadOnlySpan<char> rest = header;
            while (!rest.IsEmpty)
            {
                var end = EndOfCookie(rest);
                if (TryRead(rest[..end], name, out var value)) return value;
                rest = end < rest.Length ? rest[(end + 1)..] : [];
            }
        }
        return null;
    }

    /// <summary>Position of the semicolon that ends the first cookie; one inside quotes does not.</summary>
    private static int EndOfCookie(ReadOnlySpan<char> header)
    {
        var quoted = false;
        for (var position = 0; position < header.Length; position++)
        {
            if (header[position] == '"') quoted = !quoted;
            else if (header[position] == ';' && !quoted) return position;
        }
        return header.Length;
    }

    private static bool TryRead(ReadOnlySpan<char> cookie, string name, out string value)
    {
        var equals = cookie.IndexOf('=');
        var matches = equals > 0 && cookie[..equals].Trim().SequenceEqual(name);
        value = matches ? cookie[(equals + 1)..].Trim().Trim('"').ToString() : "";
        return value.Length > 0;
    }
}
