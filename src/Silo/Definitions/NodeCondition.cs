namespace Scheduler.Silo.Definitions;

/// <summary>
/// What must be true, besides all parents having ended, for a node to start: a gate over the endings of the parents and a Boolean
/// expression over outputs of other nodes, such as <c>one_success &amp;&amp; ${extract:rows} &gt; 0</c>. Immutable; keep it per node.
/// </summary>
internal sealed class NodeCondition
{
    private readonly ConditionExpression? expression;

    /// <summary>What the expression says whatever the outputs are; null when it refers to one.</summary>
    private readonly bool? constant;

    private NodeCondition(ConditionMacro macro, ConditionExpression? expression)
    {
        Macro = macro;
        this.expression = expression;
        References = expression?.References ?? [];
        constant = expression is null ? false : References.Count > 0 ? null : expression.Evaluate((_, _) => null);
    }

    /// <summary>The condition of a node that names none: all parents succeed.</summary>
    public static NodeCondition None { get; } = new(ConditionMacro.AllSuccess, ConditionExpression.True);

    /// <summary>The gate; <see cref="ConditionMacro.AllSuccess"/> when the text names none.</summary>
    public ConditionMacro Macro { get; }

    /// <summary>The outputs it asks for, in the order written, without duplicates.</summary>
    public IReadOnlyList<ConditionReference> References { get; }

    /// <summary>False when the text is no expression of the language; such a condition never holds.</summary>
    public bool IsWellFormed => expression is not null;

    /// <summary>Never throws. A text that is no expression gives a condition that never holds; its first macro still is the gate.</summary>
    /// <param name="text">The author's text; null or empty gives <see cref="None"/>.</param>
    public static NodeCondition Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return None;

        var tokens = ConditionLexer.Read(text);
        var macro = tokens.FirstOrDefault(token => token.Macro is not null).Macro;
        return new NodeCondition(macro ?? ConditionMacro.AllSuccess, ConditionExpression.Parse(tokens));
    }

    /// <summary>The expression without its gate. A result that is not Boolean counts as false, as in Azkaban.</summary>
    /// <param name="output">Value of an output by node name and key; null when there is none, which compares like the text null.</param>
    public bool Holds(Func<string, string, string?> output) => constant ?? expression!.Evaluate(output);
}

/// <summary>An output of another node of the same workflow, written <c>${node:key}</c>.</summary>
/// <param name="Node">Name of the node.</param>
/// <param name="Key">Key of the output property.</param>
internal readonly record struct ConditionReference(string Node, string Key);
