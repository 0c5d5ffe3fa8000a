using System.Buffers;
using System.Globalization;

namespace Scheduler.Silo.Definitions;

/// <summary>How JavaScript reads numbers.</summary>
internal static class ScriptNumber
{
    private static readonly SearchValues<char> DecimalCharacters = SearchValues.Create("0123456789.eE+-");

    /// <summary>The conversion of a string in a comparison with a number: blank gives 0, anything that is no number NaN.</summary>
    public static double FromText(ReadOnlySpan<char> text)
    {
        var digits = text.Trim().Trim('\uFEFF').Trim();
        if (digits.IsEmpty) return 0;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return FromDigits(digits[2..], 16);
        if (digits.TrimStart("+-").SequenceEqual("Infinity")) return Infinity(digits);

        // .NET accepts more than JavaScript: names in any case, signs of currency, trailing zero characters.
        return digits.ContainsAnyExcept(DecimalCharacters)
            || !double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out var value)
            ? double.NaN
            : value;
    }

    /// <summary>A literal of decimal digits; a leading zero makes it octal when all its digits are.</summary>
    public static double FromLiteral(ReadOnlySpan<char> digits) =>
        digits.Length > 1 && digits[0] == '0' && !digits.ContainsAnyExceptInRange('0', '7')
            ? FromDigits(digits, 8)
            : double.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Infinity(ReadOnlySpan<char> text) => text switch
    {
        "Infinity" or "+Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.NaN,
    };

    private static double FromDigits(ReadOnlySpan<char> digits, int radix)
    {
        if (digits.IsEmpty) return double.NaN;

        var value = 0.0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit)) return double.NaN;
            value = value * radix + Convert.ToInt32(digit.ToString(), 16);
        }

        return value;
    }
}
