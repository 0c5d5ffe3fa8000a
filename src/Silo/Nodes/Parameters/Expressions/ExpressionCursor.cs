namespace Scheduler.Silo.Nodes.Parameters.Expressions;

/// <summary>A place in a list of tokens that only moves forward.</summary>
internal sealed class ExpressionCursor(IReadOnlyList<ExpressionToken> tokens)
{
    private int position;

    public bool IsAtEnd => position == tokens.Count;

    /// <summary>The token here, which is passed; an invalid one at the end.</summary>
    public ExpressionToken Next() => IsAtEnd ? default : tokens[position++];

    public bool IsAt(string sign) => !IsAtEnd && tokens[position].Kind == ExpressionTokenKind.Sign && tokens[position].Text == sign;

    /// <summary>Passes the sign if it is here.</summary>
    public bool Take(string sign)
    {
        if (!IsAt(sign)) return false;

        position++;
        return true;
    }

    /// <summary>Passes the one of the signs that is here; null when none is.</summary>
    public string? TakeOneOf(string[] signs)
    {
        foreach (var sign in signs)
            if (Take(sign))
                return sign;
        return null;
    }
}
