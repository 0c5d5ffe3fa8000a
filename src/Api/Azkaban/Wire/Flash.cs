using System.Text;
using Microsoft.AspNetCore.Http;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>How a flash message is meant; also the order in which a page prefers them.</summary>
internal enum FlashKind
{
    Failure = 0,
    Warn = 1,
    Success = 2,
}

/// <summary>A message for the next page, carried by a cookie whose value is a raw quoted string: clients parse it by hand.</summary>
internal sealed record Flash(FlashKind Kind, string Text)
{
    /// <summary>Browsers drop a cookie of more than 4096 bytes altogether.</summary>
    private const int MaxLength = 3_000;

    public static Flash Failure(string text) => new(FlashKind.Failure, text);

    public static Flash Success(string text) => new(FlashKind.Success, text);

    /// <summary>Takes the message that the last reply left for this page, and has the client forget it.</summary>
    public static Flash? Take(HttpContext http)
    {
        Flash? found = null;
        foreach (var kind in Enum.GetValues<FlashKind>())
        {
            if (RequestCookies.Find(http.Request, CookieOf(kind)) is not { } text) continue;

            found ??= new(kind, text);
            http.Response.Headers.Append("Set-Cookie", $"{CookieOf(kind)}=;Path=/");
        }
        return found;
    }

    public void SendWith(HttpResponse response) =>
        response.Headers.Append("Set-Cookie", $"{CookieOf(Kind)}=\"{HeaderText.Sanitise(Text, MaxLength)}\";Path=/");

    private static string CookieOf(FlashKind kind) => kind switch
    {
        FlashKind.Failure => "azkaban.failure.message",
        FlashKind.Warn => "azkaban.warn.message",
        _ => "azkaban.success.message",
    };
}

/// <summary>Makes any text safe inside the quotes of a header value.</summary>
internal static class HeaderText
{
    /// <summary>Printable ASCII stays, apart from what could end the quotes or the cookie; everything else is replaced.</summary>
    public static string Sanitise(string text, int maxLength)
    {
        var safe = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, maxLength)))
            safe.Append(character switch
            {
                '"' => '\'',
                '\\' => '/',
                ';' => ',',
                < ' ' => ' ',
                > '~' => '?',
                _ => character,
            });
        return safe.ToString();
    }
}
