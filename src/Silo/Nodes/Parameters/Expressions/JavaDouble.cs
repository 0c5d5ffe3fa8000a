using System.Globalization;

namespace Scheduler.Silo.Nodes.Parameters.Expressions;

/// <summary>How Java prints a double: <c>8.0</c>, <c>1.0E10</c>.</summary>
internal static class JavaDouble
{
    /// <summary>
    /// The shortest digits that read back as the same number; plain from 0.001 up to ten million, with an exponent elsewhere.
    /// </summary>
    public static string ToText(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";

        var sign = double.IsNegative(value) ? "-" : "";
        return value == 0 ? $"{sign}0.0" : sign + Format(Math.Abs(value));
    }

    private static string Format(double value)
    {
        var (digits, exponent) = Split(value);
        if (value is < 1e-3 or >= 1e7) return $"{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent}";
        if (exponent < 0) return $"0.{new string('0', -exponent - 1)}{digits}";

        var whole = digits.PadRight(exponent + 1, '0');
        return $"{whole[..(exponent + 1)]}.{(digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0")}";
    }

    /// <summary>Significant digits without zeros at either end, and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Split(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.') is var index and >= 0 ? index : parts[0].Length;
        var all = parts[0].Replace(".", "");
        var leading = all.Length - all.TrimStart('0').Length;
        var shift = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return (all.Trim('0'), point - 1 - leading + shift);
    }
}
