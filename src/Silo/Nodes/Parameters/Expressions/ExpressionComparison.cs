using System.Numerics;

namespace Scheduler.Silo.Nodes.Parameters.Expressions;

/// <summary>Truth and order of values as lenient JEXL 2 sees them; values are those of <see cref="ExpressionArithmetic"/>.</summary>
internal static class ExpressionComparison
{
    /// <summary>Not null, false, zero, NaN, the empty text or the text false.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        bool truth => truth,
        BigInteger number => !number.IsZero,
        double number => number != 0 && !double.IsNaN(number),
        string text => text.Length > 0 && text != "false",
        _ => false,
    };

    /// <summary>False when a text that is no number meets a number. Null equals null and has no order.</summary>
    public static bool TryCompare(string sign, object? left, object? right, out bool holds)
    {
        holds = false;
        if (left is null || right is null)
        {
            var areEqual = left is null && right is null;
            holds = sign is "!=" ? !areEqual : sign is "==" or "<=" or ">=" && areEqual;
            return true;
        }

        if (sign is "==" or "!=" && (left is bool || right is bool))
        {
            holds = IsTrue(left) == IsTrue(right) == (sign == "==");
            return true;
        }

        if (!TryOrder(left, right, out var order)) return false;

        holds = sign switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            ">" => order > 0,
            "<=" => order <= 0,
            _ => order >= 0,
        };
        return true;
    }

    private static bool TryOrder(object left, object right, out int order)
    {
        order = 0;
        if (left is double || right is double)
        {
            if (!ExpressionArithmetic.TryToReal(left, out var a) || !ExpressionArithmetic.TryToReal(right, out var b)) return false;

            // NaN comes first and equals itself, which is also the order of .NET.
            order = a.CompareTo(b);
            return true;
        }

        if (left is BigInteger || right is BigInteger)
        {
            if (!ExpressionArithmetic.TryToInteger(FromBoolean(left), out var a)
                || !ExpressionArithmetic.TryToInteger(FromBoolean(right), out var b)) return false;

            order = a.CompareTo(b);
            return true;
        }

        order = left is string || right is string
            ? string.CompareOrdinal(ExpressionArithmetic.ToText(left), ExpressionArithmetic.ToText(right))
            : ((bool)left).CompareTo((bool)right);
        return true;
    }

    private static object FromBoolean(object value) => value is bool truth ? truth ? BigInteger.One : BigInteger.Zero : value;
}
