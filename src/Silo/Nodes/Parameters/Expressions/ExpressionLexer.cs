using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Scheduler.Silo.Nodes.Parameters.Expressions;

/// <summary>Cuts an expression into tokens, by the rules of JEXL 2. What is none becomes an invalid token.</summary>
internal static partial class ExpressionLexer
{
    private static readonly Dictionary<string, ExpressionToken> Words = new()
    {
        ["null"] = new(ExpressionTokenKind.Literal),
        ["true"] = new(ExpressionTokenKind.Literal, Value: true),
        ["false"] = new(ExpressionTokenKind.Literal, Value: false),
        ["and"] = Sign("&&"),
        ["or"] = Sign("||"),
        ["not"] = Sign("!"),
        ["eq"] = Sign("=="),
        ["ne"] = Sign("!="),
        ["lt"] = Sign("<"),
        ["le"] = Sign("<="),
        ["gt"] = Sign(">"),
        ["ge"] = Sign(">="),
        ["div"] = Sign("/"),
        ["mod"] = Sign("%"),
        ["if"] = default,
        ["else"] = default,
        ["for"] = default,
        ["foreach"] = default,
        ["while"] = default,
        ["new"] = default,
        ["var"] = default,
        ["empty"] = default,
        ["size"] = default,
        ["return"] = default,
    };

    public static IReadOnlyList<ExpressionToken> Read(string text)
    {
        var tokens = new List<ExpressionToken>();
        foreach (Match match in TokenPattern().Matches(text))
            if (!match.Groups["blank"].Success)
                tokens.Add(ToToken(match));
        return tokens;
    }

    private static ExpressionToken ToToken(Match match) =>
        match.Groups["real"].Success ? Literal(ReadReal(match.Value))
        : match.Groups["integer"].Success ? Literal(ReadInteger(match.Value.TrimEnd('l', 'L', 'h', 'H')))
        : match.Groups["text"].Success ? Literal(ReadText(match.Value))
        : match.Groups["name"].Success ? Words.GetValueOrDefault(match.Value, new(ExpressionTokenKind.Name, match.Value))
        : match.Groups["sign"].Success ? Sign(match.Value)
        : default;

    private static ExpressionToken Literal(object value) => new(ExpressionTokenKind.Literal, Value: value);

    private static ExpressionToken Sign(string text) => new(ExpressionTokenKind.Sign, text);

    private static BigInteger ReadInteger(string digits) =>
        digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            // The zero in front keeps the first digit from being read as a sign.
            ? BigInteger.Parse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : digits[0] == '0'
                ? digits.Aggregate(BigInteger.Zero, (value, digit) => value * 8 + (digit - '0'))
                : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>A real number has single precision unless it says otherwise, and counts as the decimal digits it then shows.</summary>
    private static double ReadReal(string digits)
    {
        var isDouble = digits[^1] is 'd' or 'D';
        var number = digits.TrimEnd('d', 'D', 'f', 'F');
        if (!isDouble) number = float.Parse(number, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        return double.Parse(number, CultureInfo.InvariantCulture);
    }

    /// <summary>A backslash protects a quote, another backslash, or the code of a character; before anything else it is text.</summary>
    private static string ReadText(string literal) => EscapePattern().Replace(
        literal[1..^1],
        match => match.Groups["code"].Success ? ((char)Convert.ToInt32(match.Groups["code"].Value, 16)).ToString()
            : match.Value[1] == literal[0] || match.Value[1] == '\\' ? match.Value[1..]
            : match.Value);

    [GeneratedRegex("""
        (?<blank>[ \t\n\r\f]+)
        |(?<real>[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?[dDfF]?(?![bB]))
        |(?<integer>(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)[lLhH]?)
        |(?<text>"(?:[^"\\\r\n\u2028\u2029]|\\[^\r\n\u2028\u2029])*"|'(?:[^'\\\r\n\u2028\u2029]|\\[^\r\n\u2028\u2029])*')
        |(?<name>[a-zA-Z_$@][a-zA-Z0-9_$@]*)
        |(?<sign>&&|\|\||==(?!=)|!=|<=|>=|\?:|<|>|!(?!~)|\?|:|\+|-|\*|/(?![/*])|%|\(|\)|\.)
        |(?<other>["'].*|.)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex TokenPattern();

    [GeneratedRegex(@"\\(?:u(?<code>[0-9a-fA-F]{4})|.)")]
    private static partial Regex EscapePattern();
}
