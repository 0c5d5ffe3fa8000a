using System.Globalization;

namespace Scheduler.Plugins.Export.Rows;

/// <summary>Decimals as text, also those of more digits than .NET's own have.</summary>
internal static class DecimalText
{
    /// <summary>Digits that every .NET decimal can hold.</summary>
    public const int SafePrecision = 28;

    /// <summary>Reads plain notation (no exponent), never rounding: what does not fit stays text.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Cell cell)
    {
        cell = default;
        if (!IsPlain(text)) return false;

        cell = CountDigits(text) <= SafePrecision && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? Cell.Of(number)
            : Cell.Of(text.ToString());
        return true;
    }

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        var digits = text.Length > 0 && (text[0] is '-' or '+') ? text[1..] : text;
        var point = digits.IndexOf('.');
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        var whole = point < 0 ? digits : digits[..point];
        return whole.Length + fraction.Length > 0 && AreDigits(whole) && AreDigits(fraction);
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var digits = text.TrimStart("+-0");
        return digits.Length - (digits.Contains('.') ? 1 : 0);
    }
}
