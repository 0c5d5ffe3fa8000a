using Scheduler.Silo.Nodes.Parameters.Expressions;

namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>
/// Evaluates every <c>$( … )</c> of a value, the last one first, so that an inner one is text when the outer one is read. Brackets
/// are counted in the text, strings in it included.
/// </summary>
internal static class ExpressionExpander
{
    /// <summary>
    /// The value with results in place; null after a fault. An expression that yields nothing ends the work: it stays, and so does
    /// everything before it.
    /// </summary>
    public static string? Expand(string owner, string value, ResolutionLedger ledger)
    {
        for (var (text, last) = (value, value.Length); !ledger.IsClosed;)
        {
            last = text.AsSpan(0, Math.Min(last + 2, text.Length)).LastIndexOf("$(");
            if (last < 0) return text;

            if (FindEnd(text, last + 2) is not { } end || !Expression.TryEvaluate(text[(last + 2)..end], out var result))
            {
                ledger.Report(PropertyFault.Malformed(text));
                return null;
            }

            if (result is null) return text;

            text = string.Concat(text.AsSpan(0, last), result, text.AsSpan(end + 1));
            ledger.Charge(text.Length);
            if (text.Length <= PropertyLimits.MaxValueLength) continue;

            ledger.Report(PropertyFault.TooLong(owner));
            return null;
        }

        return null;
    }

    /// <summary>Position of the bracket that closes the one before; null when it is missing or too far away.</summary>
    private static int? FindEnd(string text, int start)
    {
        var depth = 0;
        for (var position = start; position < Math.Min(text.Length, start + PropertyLimits.MaxExpressionLength); position++)
        {
            if (text[position] == '(') depth++;
            if (text[position] == ')' && depth-- == 0) return position;
        }

        return null;
    }
}
