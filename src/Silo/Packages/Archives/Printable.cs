using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>Names made safe to print: characters that move, hide or reverse text are spelled out, long names are cut.</summary>
internal static class Printable
{
    private const int MaxLength = 120;
    private const int MaxListed = 5;

    [return: NotNullIfNotNull(nameof(name))]
    public static string? Of(string? name)
    {
        if (name is null) return null;

        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (text.Length >= MaxLength) return text.Append('…').ToString();
            if (IsVisible(rune)) text.Append(rune.ToString());
            else text.Append($"\\u{{{rune.Value:x}}}");
        }

        return text.ToString();
    }

    /// <summary>Quoted names, the first few of them.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        var listed = string.Join(", ", names.Take(MaxListed).Select(name => $"'{Of(name)}'"));
        return names.Count > MaxListed ? $"{listed} and {names.Count - MaxListed} more" : listed;
    }

    /// <summary>False for control, format (bidirectional overrides, zero width) and separator characters, and for broken text.</summary>
    public static bool IsVisible(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
}
