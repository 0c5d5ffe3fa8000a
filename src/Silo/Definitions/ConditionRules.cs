using System.Text.RegularExpressions;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Definitions;

/// <summary>
/// What an upload says about a condition: Azkaban's texts, found the way Azkaban finds them. The text loses its blanks and
/// parentheses, is split at the operators, and each operand is looked at alone; so an operator inside a string is refused and one
/// at the very end is not. Unlike Azkaban it knows <c>&gt;=</c> and <c>&lt;=</c>, which its documentation promises.
/// </summary>
internal static partial class ConditionRules
{
    private static readonly string[] Operators = ["&&", "||", "==", "!=", ">=", "<=", ">", "<"];

    /// <summary>Everything there is to say, without duplicates; empty when all is well. Findings name no file.</summary>
    /// <param name="condition">The author's text; null is always fine, and so is an empty one in Flow 1.0.</param>
    /// <param name="node">Name of the node that has the condition.</param>
    /// <param name="format">Flow 1.0 does not ask about descendants, and misspells one message.</param>
    /// <param name="exists">Whether the workflow has a node of this name.</param>
    /// <param name="isDescendant">Whether this existing node waits for <paramref name="node"/>, however indirectly. Asked only about
    /// nodes the condition refers to.</param>
    public static IReadOnlyList<Finding> Validate(
        string? condition, string node, PackageFormat format, Func<string, bool> exists, Func<string, bool> isDescendant)
    {
        if (condition is null || (condition.Length == 0 && format == PackageFormat.Flow1)) return [];

        var operands = Operands(condition);
        var findings = operands
            .Where(operand => !IsMacro(operand))
            .Select(operand => CheckOperand(operand, node, format, exists, isDescendant))
            .Prepend(operands.Count(IsMacro) > 1 ? TooManyMacros(node) : null)
            .OfType<Finding>().Distinct().ToList();

        if (findings.Count == 0 && !NodeCondition.Parse(condition).IsWellFormed) findings.Add(NeverHolds(node));
        return findings;
    }

    private static bool IsMacro(string operand) => ConditionMacros.Find(operand) is not null;

    private static Finding? CheckOperand(
        string operand, string node, PackageFormat format, Func<string, bool> exists, Func<string, bool> isDescendant)
    {
        var value = operand.StartsWith('!') ? operand[1..] : operand;
        if (value.Length == 0) return EmptyOperand(node, format);
        if (LiteralPattern().IsMatch(value)) return null;

        var reference = ReferencePattern().Match(value);
        if (!reference.Success) return Unresolvable(node);

        var target = reference.Groups["node"].Value;
        if (!exists(target)) return UnknownNode(node, target);
        return format == PackageFormat.Flow2 && isDescendant(target) ? Descendant(node, target) : null;
    }

    // Java's split drops empty parts at the end, unless the whole text is empty.
    private static List<string> Operands(string condition)
    {
        var compact = string.Concat(condition.Where(letter => !char.IsWhiteSpace(letter) && letter is not ('(' or ')')));
        var operands = compact.Split(Operators, StringSplitOptions.None).ToList();
        while (operands.Count > 1 && operands[^1].Length == 0) operands.RemoveAt(operands.Count - 1);
        return operands;
    }

    private static Finding TooManyMacros(string node) =>
        Error("several-macros", node, "cannot combine more than one conditionOnJobStatus macros.");

    private static Finding EmptyOperand(string node, PackageFormat format) =>
        Error("empty-operand", node, "operand is an empty string.", format == PackageFormat.Flow1 ? "fo" : "for");

    private static Finding UnknownNode(string node, string target) =>
        Error("unknown-node", node, $"{target} doesn't exist in the flow.");

    private static Finding Descendant(string node, string target) =>
        Error("descendant", node, $"should not define condition on its descendant node {target}.");

    private static Finding Unresolvable(string node) =>
        Error("unresolvable", node, "cannot resolve the condition. Please check the syntax for supported conditions.");

    private static Finding Error(string code, string node, string message, string joint = "for") =>
        Finding.Error($"condition.{code}", $"Invalid condition {joint} {node}: {message}");

    // Azkaban takes such a text and then fails to run it as a script each time, which counts as false.
    private static Finding NeverHolds(string node) =>
        Finding.Warning("condition.never-holds", $"The condition of {node} is no expression, so the node will always be cancelled.");

    [GeneratedRegex(@"^(?:[0-9]+|'.*'|"".*"")$", RegexOptions.Singleline)]
    private static partial Regex LiteralPattern();

    [GeneratedRegex(@"^\$\{(?<node>[^:{}]+):(?<key>[^:{}]+)\}$")]
    private static partial Regex ReferencePattern();
}
