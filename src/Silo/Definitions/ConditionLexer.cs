using System.Text.RegularExpressions;

namespace Scheduler.Silo.Definitions;

/// <summary>Cuts the text of a condition into tokens. Never fails: what it does not know becomes an invalid token.</summary>
internal static partial class ConditionLexer
{
    private static readonly (string Sign, ConditionOperator Operator)[] Signs =
    [
        ("&&", ConditionOperator.And), ("||", ConditionOperator.Or), ("==", ConditionOperator.Equal), ("!=", ConditionOperator.NotEqual),
        ("<=", ConditionOperator.LessOrEqual), (">=", ConditionOperator.GreaterOrEqual), ("<", ConditionOperator.Less),
        (">", ConditionOperator.Greater), ("!", ConditionOperator.Not),
    ];

    public static IReadOnlyList<ConditionToken> Read(string text)
    {
        var tokens = new List<ConditionToken>();
        for (var position = 0; position < text.Length;)
        {
            if (char.IsWhiteSpace(text[position]))
            {
                position++;
                continue;
            }

            var (token, length) = ReadToken(text, position);
            tokens.Add(token);
            position += length;
        }

        return tokens;
    }

    private static (ConditionToken Token, int Length) ReadToken(string text, int start) => text[start] switch
    {
        '(' => (new(ConditionTokenKind.Open), 1),
        ')' => (new(ConditionTokenKind.Close), 1),
        '$' => ReadReference(text, start),
        // Without its end nothing behind a quote can be told from the string.
        '\'' or '"' => ScriptString.Read(text, start) is var (value, length) ? (Literal(value), length) : (default, text.Length - start),
        >= '0' and <= '9' => ReadNumber(text.AsSpan(start)),
        '_' or >= 'a' and <= 'z' or >= 'A' and <= 'Z' => ReadWord(text.AsSpan(start)),
        _ => ReadOperator(text.AsSpan(start)),
    };

    private static (ConditionToken Token, int Length) Unknown => (default, 1);

    private static (ConditionToken Token, int Length) ReadReference(string text, int start)
    {
        var match = ReferenceHerePattern().Match(text, start);
        if (!match.Success) return Unknown;

        // Validation looks at the text without blanks, so the blanks of an accepted reference mean nothing.
        var reference = new ConditionReference(Compact(match.Groups["node"].Value), Compact(match.Groups["key"].Value));
        return (new(ConditionTokenKind.Reference, Reference: reference), match.Length);
    }

    private static (ConditionToken Token, int Length) ReadNumber(ReadOnlySpan<char> text)
    {
        var length = LengthOf(text, char.IsAsciiDigit);
        return (new(ConditionTokenKind.Literal, new ScriptValue(ScriptNumber.FromLiteral(text[..length]))), length);
    }

    private static (ConditionToken Token, int Length) ReadWord(ReadOnlySpan<char> text)
    {
        var length = LengthOf(text, letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
        return ConditionMacros.Find(text[..length]) is { } macro
            ? (new(ConditionTokenKind.Literal, new ScriptValue(true), Macro: macro), length)
            : (default, length);
    }

    private static (ConditionToken Token, int Length) ReadOperator(ReadOnlySpan<char> text)
    {
        foreach (var (sign, operation) in Signs)
            if (text.StartsWith(sign))
                return (new(ConditionTokenKind.Operator, Operator: operation), sign.Length);
        return Unknown;
    }

    // Azkaban puts the value in quotes of its own wherever a reference stands, which breaks a string around it.
    private static ConditionToken Literal(string value) =>
        ReferencePattern().IsMatch(value) ? default : new(ConditionTokenKind.Literal, new ScriptValue(value));

    private static int LengthOf(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length])) length++;
        return length;
    }

    private static string Compact(string name) => string.Concat(name.Where(letter => !char.IsWhiteSpace(letter)));

    [GeneratedRegex(@"\$\{[^:{}]+:[^:{}]+\}")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex(@"\G\$\{(?<node>[^:{}]+):(?<key>[^:{}]+)\}")]
    private static partial Regex ReferenceHerePattern();
}
