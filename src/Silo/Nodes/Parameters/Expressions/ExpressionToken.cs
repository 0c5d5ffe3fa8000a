namespace Scheduler.Silo.Nodes.Parameters.Expressions;

/// <summary>What a token of an expression is.</summary>
internal enum ExpressionTokenKind
{
    /// <summary>Something the language does not have here, such as <c>new</c> or <c>=~</c>.</summary>
    Invalid = 0,
    Literal,
    Name,
    Sign,
}

/// <summary>One token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A sign in its first spelling, <c>&amp;&amp;</c> for <c>and</c>; a name as written; else empty.</param>
/// <param name="Value">The value of a literal, in the sense of <see cref="ExpressionArithmetic"/>.</param>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, string Text = "", object? Value = null);
