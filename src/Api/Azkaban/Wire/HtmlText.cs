using System.Buffers;
using System.Text;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>
/// Escapes text the way Azkaban does for log data and pages: <c>&amp; &lt; &gt; "</c> and everything beyond ASCII, by name where
/// HTML 4 has one and by decimal number else. An apostrophe stays, so attributes must use double quotes.
/// </summary>
/// <remarks>
/// A character beyond the basic plane becomes one reference. Azkaban's library is said to write two halves, which no decoder can
/// put together.
/// </remarks>
internal static class HtmlText
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(code => (char)code).Except("&<>\"")]);

    public static string Escape(ReadOnlySpan<char> text)
    {
        var plain = text.IndexOfAnyExcept(Plain);
        if (plain < 0) return text.ToString();

        var escaped = new StringBuilder(text.Length + 64).Append(text[..plain]);
        foreach (var rune in text[plain..].EnumerateRunes()) Append(escaped, rune);
        return escaped.ToString();
    }

    private static void Append(StringBuilder escaped, Rune rune)
    {
        if (HtmlEntities.NameOf(rune.Value) is { } name) escaped.Append('&').Append(name).Append(';');
        else if (rune.IsAscii) escaped.Append((char)rune.Value);
        else escaped.Append("&#").Append(rune.Value).Append(';');
    }
}
