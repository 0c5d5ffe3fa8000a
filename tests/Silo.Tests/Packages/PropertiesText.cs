using System.Globalization;

namespace Scheduler.Silo.Tests.Packages;

/// <summary>Writes keys and values in Java's properties syntax, everything unusual as an escape.</summary>
internal static class PropertiesText
{
    public static string Escape(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ','
        ? c.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")));
}
