namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>What became of the properties of an attempt.</summary>
internal abstract record PropertyResolution
{
    private PropertyResolution() { }

    /// <summary>All layers merged, every reference and expression replaced. Keys compare ordinally; the order says nothing.</summary>
    internal sealed record Resolved(IReadOnlyDictionary<string, string> Properties) : PropertyResolution;

    /// <summary>
    /// The attempt fails, and would fail again with the same layers. Each cause is named once, at most
    /// <see cref="PropertyLimits.MaxFaults"/> of them.
    /// </summary>
    internal sealed record Failed(IReadOnlyList<PropertyFault> Faults) : PropertyResolution;
}

/// <summary>One thing that is wrong with the properties of an attempt; the author of the package can mend it.</summary>
/// <param name="Code">Stable and dotted, such as <c>property.undefined</c>.</param>
/// <param name="Message">Azkaban's text where it has one.</param>
internal sealed record PropertyFault(string Code, string Message)
{
    /// <summary>The line for the log of the attempt, in Azkaban's words.</summary>
    public override string ToString() => $"Bad property definition! {Message}";

    /// <param name="chain">Names from the property looked at down to the one that is not defined.</param>
    public static PropertyFault Undefined(IEnumerable<string> chain) =>
        new("property.undefined", $"Could not find variable substitution for variable(s) [{Shorten(string.Join("->", chain))}]");

    /// <param name="chain">Names from the property looked at down to the one that closes the circle.</param>
    /// <param name="name">The name it refers to, which is in the chain already.</param>
    public static PropertyFault Circular(IEnumerable<string> chain, string name) =>
        new("property.circular", $"Circular variable substitution found: [{Shorten(string.Join("->", chain))}] -> [{Shorten(name)}]");

    public static PropertyFault Malformed(string value) =>
        new("property.malformed-expression", $"Expression {Shorten(value)} not well formed.");

    public static PropertyFault TooLong(string name) => new(
        "property.too-long",
        $"Property {Shorten(name)} is longer than {PropertyLimits.MaxValueLength} characters with all references replaced.");

    public static PropertyFault TooMuch { get; } = new(
        "property.too-much", $"Replacing all references takes more than {PropertyLimits.MaxWork} characters of text.");

    /// <summary>Values may be huge; nobody reads more than this, and a log line should stay one.</summary>
    private static string Shorten(string text) =>
        text.Length <= 4_000 ? text : $"{text.AsSpan(0, 2_000)}…{text.AsSpan(text.Length - 2_000)}";
}
