using System.Numerics;

namespace Scheduler.Silo.Nodes.Parameters.Expressions;

/// <summary>
/// The part of JEXL 2 that may stand in <c>$( … )</c>: literals, arithmetic, comparison, logic, choice and joining of texts. There
/// are no variables, so every name yields null. Calls, objects, lists, patterns and assignments are not well formed here.
/// </summary>
/// <remarks>Computes while it reads. Recursion is bounded by <see cref="MaxDepth"/>, not by the text.</remarks>
internal sealed class Expression
{
    private const int MaxDepth = 100;

    /// <summary>Operators of two sides from the weakest to the strongest.</summary>
    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!="], ["<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"]];
    private const int Equality = 2;
    private const int Relation = 3;

    private readonly ExpressionCursor cursor;
    private int depth;
    private bool hasFailed;

    private Expression(ExpressionCursor cursor) => this.cursor = cursor;

    /// <summary>False when the text is not well formed or asks for the impossible, such as a text times two.</summary>
    /// <param name="text">What stands between the brackets.</param>
    /// <param name="result">Null when the expression yields nothing.</param>
    public static bool TryEvaluate(string text, out string? result)
    {
        result = null;
        var cursor = new ExpressionCursor(ExpressionLexer.Read(text));
        if (cursor.IsAtEnd) return true;

        var expression = new Expression(cursor);
        var value = expression.ReadChoice(isNeeded: true);
        if (expression.hasFailed || !cursor.IsAtEnd) return false;

        result = value is null ? null : ExpressionArithmetic.ToText(value);
        return true;
    }

    /// <param name="isNeeded">False in a branch that is not taken: it is read and not computed, so that it cannot fail.</param>
    private object? ReadChoice(bool isNeeded)
    {
        if (++depth > MaxDepth) return Fail();

        var value = ReadBinary(0, isNeeded);
        var isTrue = ExpressionComparison.IsTrue(value);
        if (cursor.Take("?"))
        {
            var whenTrue = ReadChoice(isNeeded && isTrue);
            if (!cursor.Take(":")) return Fail();
            var whenFalse = ReadChoice(isNeeded && !isTrue);
            value = isTrue ? whenTrue : whenFalse;
        }
        else if (cursor.Take("?:"))
        {
            var otherwise = ReadChoice(isNeeded && !isTrue);
            value = isTrue ? value : otherwise;
        }

        depth--;
        return value;
    }

    private object? ReadBinary(int level, bool isNeeded)
    {
        if (level == Levels.Length) return ReadUnary(isNeeded);

        var left = ReadBinary(level + 1, isNeeded);
        while (!hasFailed && cursor.TakeOneOf(Levels[level]) is { } sign)
        {
            var decides = sign is "||" or "&&" && ExpressionComparison.IsTrue(left) == (sign == "||");
            var right = ReadBinary(level + 1, isNeeded && !decides);
            left = !isNeeded || hasFailed ? null : Combine(sign, left, right);

            // 1 == 1 == 1 and 1 < 2 < 3 are no expressions.
            if (level is Equality or Relation) break;
        }

        return left;
    }

    private object? ReadUnary(bool isNeeded)
    {
        var signs = new Stack<string>();
        while (cursor.TakeOneOf(["-", "!"]) is { } sign) signs.Push(sign);

        var value = ReadPrimary(isNeeded);
        while (!hasFailed && isNeeded && signs.TryPop(out var sign))
            value = sign == "!" ? !ExpressionComparison.IsTrue(value) : Negate(value);
        return value;
    }

    private object? ReadPrimary(bool isNeeded)
    {
        if (cursor.Take("("))
        {
            var value = ReadChoice(isNeeded);
            return cursor.Take(")") && !cursor.IsAt(".") ? value : Fail();
        }

        var token = cursor.Next();
        return token.Kind switch
        {
            ExpressionTokenKind.Literal when !cursor.IsAt(".") => token.Value,
            ExpressionTokenKind.Name => ReadMembers(),
            _ => Fail(),
        };
    }

    /// <summary>Nothing has members, so <c>a.b.1.'c'</c> is as unknown as its first name.</summary>
    private object? ReadMembers()
    {
        while (cursor.Take("."))
            if (!IsMemberName(cursor.Next()))
                return Fail();
        return null;
    }

    private static bool IsMemberName(ExpressionToken token) =>
        token.Kind == ExpressionTokenKind.Name || (token.Kind == ExpressionTokenKind.Literal && token.Value is string or BigInteger);

    private object? Combine(string sign, object? left, object? right) => sign switch
    {
        "||" => ExpressionComparison.IsTrue(left) || ExpressionComparison.IsTrue(right),
        "&&" => ExpressionComparison.IsTrue(left) && ExpressionComparison.IsTrue(right),
        "+" or "-" or "*" or "/" or "%" => ExpressionArithmetic.TryCompute(sign[0], left, right, out var value) ? value : Fail(),
        _ => ExpressionComparison.TryCompare(sign, left, right, out var holds) ? holds : Fail(),
    };

    private object? Negate(object? value) => value switch
    {
        BigInteger number => -number,
        double number => -number,
        bool truth => !truth,
        _ => Fail(),
    };

    private object? Fail()
    {
        hasFailed = true;
        return null;
    }
}
