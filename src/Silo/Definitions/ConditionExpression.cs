namespace Scheduler.Silo.Definitions;

/// <summary>
/// A condition in postfix order: no recursion is needed to read or to evaluate it, however deep an author nests. Operators have no
/// effects and cannot fail, so both sides of <c>&amp;&amp;</c> and <c>||</c> are always computed.
/// </summary>
internal sealed class ConditionExpression
{
    private readonly ConditionToken[] postfix;

    private ConditionExpression(ConditionToken[] postfix)
    {
        this.postfix = postfix;
        References = [.. postfix.Where(token => token.Kind == ConditionTokenKind.Reference).Select(token => token.Reference).Distinct()];
    }

    /// <summary>Holds always.</summary>
    public static ConditionExpression True { get; } = new([new(ConditionTokenKind.Literal, new ScriptValue(true))]);

    /// <summary>In the order written, without duplicates.</summary>
    public IReadOnlyList<ConditionReference> References { get; }

    /// <summary>Null when the tokens are no expression.</summary>
    public static ConditionExpression? Parse(IReadOnlyList<ConditionToken> tokens)
    {
        var postfix = new List<ConditionToken>(tokens.Count);
        var pending = new Stack<ConditionToken>();
        var afterOperand = false;

        foreach (var token in tokens)
        {
            if (afterOperand != ContinuesOperand(token)) return null;

            switch (token.Kind)
            {
                case ConditionTokenKind.Literal or ConditionTokenKind.Reference:
                    postfix.Add(token);
                    afterOperand = true;
                    break;
                case ConditionTokenKind.Operator:
                    if (afterOperand) MoveStronger(token.Operator, pending, postfix);
                    pending.Push(token);
                    afterOperand = false;
                    break;
                case ConditionTokenKind.Open:
                    pending.Push(token);
                    break;
                case ConditionTokenKind.Close when MoveGroup(pending, postfix):
                    break;
                default:
                    return null;
            }
        }

        while (pending.TryPop(out var token))
        {
            if (token.Kind == ConditionTokenKind.Open) return null;
            postfix.Add(token);
        }

        return afterOperand ? new ConditionExpression([.. postfix]) : null;
    }

    /// <summary>True when the result is the Boolean true.</summary>
    public bool Evaluate(Func<string, string, string?> output)
    {
        var values = new Stack<ScriptValue>();
        foreach (var token in postfix)
            values.Push(token.Kind switch
            {
                ConditionTokenKind.Literal => token.Value,
                ConditionTokenKind.Reference => new ScriptValue(output(token.Reference.Node, token.Reference.Key) ?? "null"),
                _ when token.Operator == ConditionOperator.Not => new ScriptValue(!values.Pop().IsTruthy),
                _ => Combine(token.Operator, right: values.Pop(), left: values.Pop()),
            });
        return values.Pop().Boolean ?? false;
    }

    private static ScriptValue Combine(ConditionOperator operation, ScriptValue right, ScriptValue left) => operation switch
    {
        ConditionOperator.Or => left.IsTruthy ? left : right,
        ConditionOperator.And => left.IsTruthy ? right : left,
        ConditionOperator.Equal => new(left.LooselyEquals(right)),
        ConditionOperator.NotEqual => new(!left.LooselyEquals(right)),
        ConditionOperator.Less => new(left.CompareWith(right) < 0),
        ConditionOperator.Greater => new(left.CompareWith(right) > 0),
        ConditionOperator.LessOrEqual => new(left.CompareWith(right) <= 0),
        ConditionOperator.GreaterOrEqual => new(left.CompareWith(right) >= 0),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operator with two sides."),
    };

    private static bool ContinuesOperand(ConditionToken token) => token.Kind switch
    {
        ConditionTokenKind.Close => true,
        ConditionTokenKind.Operator => token.Operator != ConditionOperator.Not,
        _ => false,
    };

    private static void MoveStronger(ConditionOperator operation, Stack<ConditionToken> pending, List<ConditionToken> postfix)
    {
        while (pending.TryPeek(out var top) && top.Kind == ConditionTokenKind.Operator && Level(top.Operator) >= Level(operation))
            postfix.Add(pending.Pop());
    }

    private static bool MoveGroup(Stack<ConditionToken> pending, List<ConditionToken> postfix)
    {
        while (pending.TryPop(out var token))
        {
            if (token.Kind == ConditionTokenKind.Open) return true;
            postfix.Add(token);
        }

        return false;
    }

    private static int Level(ConditionOperator operation) => (int)operation / 10;
}
