using System.Globalization;
using System.Text;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// A key that is equal for names a file system may take for the same: case folded, composed and decomposed letters alike. The
/// runtime cannot tell, because without ICU its normalisation leaves text as it is.
/// </summary>
internal static class CanonicalForm
{
    private const int HangulFirst = 0xac00, HangulLast = 0xd7a3;
    private const int LeadFirst = 0x1100, VowelFirst = 0x1161, TrailFirst = 0x11a7;
    private const int VowelCount = 21, TrailCount = 28;

    private static readonly Lazy<Dictionary<int, Rune[]>> Decompositions = new(Load);

    /// <summary>Not for display. Marks on one letter are sorted, so their order makes no difference either.</summary>
    public static string KeyOf(string name)
    {
        if (Ascii.IsValid(name)) return name.ToUpperInvariant();

        var runes = new List<Rune>(name.Length * 2);
        foreach (var rune in name.EnumerateRunes()) Decompose(rune, runes);
        SortMarks(runes);
        return string.Concat(runes.Select(rune => rune.ToString())).ToUpperInvariant();
    }

    private static void Decompose(Rune rune, List<Rune> into)
    {
        if (rune.Value is >= HangulFirst and <= HangulLast) DecomposeHangul(rune.Value - HangulFirst, into);
        else if (!rune.IsAscii && Decompositions.Value.TryGetValue(rune.Value, out var parts)) into.AddRange(parts);
        else into.Add(rune);
    }

    private static void DecomposeHangul(int index, List<Rune> into)
    {
        into.Add(new Rune(LeadFirst + index / (VowelCount * TrailCount)));
        into.Add(new Rune(VowelFirst + index / TrailCount % VowelCount));
        if (index % TrailCount > 0) into.Add(new Rune(TrailFirst + index % TrailCount));
    }

    private static void SortMarks(List<Rune> runes)
    {
        for (var start = 0; start < runes.Count; start++)
        {
            var end = start;
            while (end < runes.Count && IsMark(runes[end])) end++;
            if (end - start > 1) runes.Sort(start, end - start, Comparer<Rune>.Default);
            start = end;
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static Dictionary<int, Rune[]> Load()
    {
        using var table = typeof(CanonicalForm).Assembly.GetManifestResourceStream(typeof(CanonicalForm), "CanonicalForms.txt")!;
        using var reader = new StreamReader(table);
        var forms = new Dictionary<int, Rune[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line.StartsWith('#')) continue;

            var separator = line.IndexOf('=');
            forms[Hex(line[..separator])] = [.. line[(separator + 1)..].Split(' ').Select(part => new Rune(Hex(part)))];
        }

        return forms;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
