using System.Globalization;
using System.Numerics;

namespace Scheduler.Silo.Nodes.Parameters.Expressions;

/// <summary>
/// Sums and texts as lenient JEXL 2 computes them. A value is null, a <see cref="bool"/>, a <see cref="string"/>, a
/// <see cref="BigInteger"/> or a <see cref="double"/>, and nothing else.
/// </summary>
internal static class ExpressionArithmetic
{
    private enum Conversion { Done, NotANumber, Impossible }

    /// <summary>
    /// Texts that look like numbers are numbers, null is zero, and dividing by zero gives 0.0. False when an operand is no number
    /// and the sign is not plus, which joins texts.
    /// </summary>
    public static bool TryCompute(char sign, object? left, object? right, out object? result)
    {
        if (left is null && right is null)
        {
            result = BigInteger.Zero;
            return true;
        }

        var conversion = LooksReal(left) || LooksReal(right)
            ? ComputeReals(sign, left, right, out result)
            : ComputeIntegers(sign, left, right, out result);
        if (conversion == Conversion.NotANumber && sign == '+')
        {
            result = ToText(left) + ToText(right);
            return true;
        }

        // Lenient JEXL answers every failed division alike, but lets a text that is no number through as an error.
        if (conversion == Conversion.Impossible && sign is '/' or '%')
        {
            result = 0.0;
            return true;
        }

        return conversion == Conversion.Done;
    }

    /// <summary>As Java prints it; null is empty.</summary>
    public static string ToText(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        double number => JavaDouble.ToText(number),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    /// <summary>Blank text is not a number here; see <see cref="TryToInteger"/> for where it is zero.</summary>
    public static bool TryToReal(object? value, out double real)
    {
        real = value switch
        {
            null => 0,
            bool truth => truth ? 1 : 0,
            double number => number,
            BigInteger number => (double)number,
            _ => double.NaN,
        };
        return value is not string text
            || string.IsNullOrWhiteSpace(text)
            || double.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture, out real);
    }

    /// <summary>Only for null, integers and texts; blank text is zero, other blanks around a number are not allowed.</summary>
    public static bool TryToInteger(object? value, out BigInteger integer)
    {
        integer = value is BigInteger number ? number : BigInteger.Zero;
        return value is not string text
            || string.IsNullOrWhiteSpace(text)
            || BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out integer);
    }

    private static bool LooksReal(object? value) => value is double || (value is string text && text.AsSpan().ContainsAny('.', 'e', 'E'));

    private static Conversion ComputeReals(char sign, object? left, object? right, out object? result)
    {
        result = null;
        if (!TryToReal(left, out var a) || !TryToReal(right, out var b)) return Conversion.NotANumber;
        if (b == 0 && sign is '/' or '%') return Conversion.Impossible;

        result = sign switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => a / b, _ => a % b };
        return Conversion.Done;
    }

    private static Conversion ComputeIntegers(char sign, object? left, object? right, out object? result)
    {
        result = null;
        if (left is bool) return Conversion.Impossible;
        if (!TryToInteger(left, out var a)) return Conversion.NotANumber;
        if (right is bool) return Conversion.Impossible;
        if (!TryToInteger(right, out var b)) return Conversion.NotANumber;
        if ((sign == '/' && b.IsZero) || (sign == '%' && b.Sign <= 0)) return Conversion.Impossible;

        result = sign switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => BigInteger.Divide(a, b), _ => ((a % b) + b) % b };
        return Conversion.Done;
    }
}
