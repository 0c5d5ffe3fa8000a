using System.Globalization;
using System.Text;

namespace Scheduler.Plugins.ProcessJobs;

/// <summary>Numbers as Java prints them, because conditions and later jobs compare the text.</summary>
internal static class JavaText
{
    /// <param name="json">A number as JSON writes it.</param>
    public static string OfNumber(string json)
    {
        if (json.AsSpan().IndexOfAny('.', 'e', 'E') < 0) return json == "-0" ? "0" : json;

        return OfDouble(double.Parse(json, CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// <c>Double.toString</c>: plain from 10^-3 up to 10^7, scientific beyond, always with a digit after the point.
    /// </summary>
    public static string OfDouble(double value)
    {
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";

        var sign = double.IsNegative(value) ? "-" : "";
        if (value == 0) return sign + "0.0";

        var (digits, exponent) = Shortest(Math.Abs(value));
        return sign + exponent switch
        {
            >= 0 and < 7 => Plain(digits.PadRight(exponent + 1, '0'), exponent + 1),
            < 0 and >= -3 => Plain(new string('0', -exponent) + digits, 1),
            _ => Plain(digits, 1) + "E" + exponent.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The fewest digits that mean this value, without point, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Shortest(double value)
    {
        var scientific = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = new StringBuilder();
        foreach (var character in shortest)
        {
            if (character == 'E') break;
            if (char.IsAsciiDigit(character)) digits.Append(character);
        }

        var significant = digits.ToString().Trim('0');
        return (significant, int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), CultureInfo.InvariantCulture));
    }

    private static string Plain(string digits, int beforePoint)
    {
        var after = digits.Length > beforePoint ? digits[beforePoint..] : "0";
        return $"{digits[..beforePoint]}.{after}";
    }
}
