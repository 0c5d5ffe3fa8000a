using System.Globalization;
using System.Text;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Targets;

/// <summary>
/// The folder of a partition, <c>column=value</c>, by the rules of Hive: what is special in a path or in these rules is
/// <c>%</c> and two hex digits, NULL has a word of its own. Two values never share a name.
/// </summary>
internal static class PartitionName
{
    private const string Null = "__HIVE_DEFAULT_PARTITION__";
    private const string Special = "\"#%'*/:=?\\{}[]^<>|";
    private const int MaxBytes = 255;

    /// <summary>Throws at half characters, which would otherwise all get the same replacement.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Of(Column column, in Cell cell)
    {
        var name = $"{Escaped(column.Name)}={(cell.IsNull ? Null : Value(Text(column, cell)))}";
        return Encoding.UTF8.GetByteCount(name) <= MaxBytes ? name : throw new ExportException("export.partition-name",
            $"A value of column '{column.Name}' is too long for the name of a folder.");
    }

    /// <summary>The word for NULL as a text differs from it by one escaped letter.</summary>
    private static string Value(string text) => text == Null ? $"%{(int)'_':X2}{text[1..]}" : Escaped(text);

    private static string Text(Column column, in Cell cell)
    {
        if (column.Kind == ColumnKind.Text) return Whole(column, cell.Text);
        if (column.Kind == ColumnKind.Binary) return Convert.ToHexStringLower(cell.Binary);

        Span<char> room = stackalloc char[128];
        return TextFormat.Default.TryFormat(column.Kind, cell, room, out var length) ? room[..length].ToString() : cell.WideDecimal!;
    }

    private static string Whole(Column column, string text)
    {
        try
        {
            _ = Strict.GetByteCount(text);
            return text;
        }
        catch (EncoderFallbackException e)
        {
            throw new ExportException("export.partition-name", $"A value of column '{column.Name}' holds half a character.", e);
        }
    }

    private static string Escaped(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || (rune.IsAscii && Special.Contains((char)rune.Value)))
                foreach (var octet in Encoding.UTF8.GetBytes(rune.ToString())) name.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
            else
                name.Append(rune);
        }

        return name.ToString();
    }
}
