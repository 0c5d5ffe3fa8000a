using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using CsCheck;
using Scheduler.Silo.Nodes.Parameters;
using static Scheduler.Silo.Tests.Nodes.Parameters.Layers;

namespace Scheduler.Silo.Tests.Nodes.Parameters;

/// <summary>Random properties against a plain recursive substitution, and random sums against trees of integers.</summary>
public sealed partial class ResolutionOracleTests
{
    private static readonly Gen<string> Pieces = Gen.OneOf(
        "${a}", "${b}", "${c}", "${d}", "${e}", "${x.a}", "${ghost}", "${x.", "${", "$", "}", "{", "a", "b", ".", "x", " ", "-");

    private static readonly Gen<Dictionary<string, string>> Sets = Gen.Dictionary(
        Gen.OneOf("a", "b", "c", "d", "e", "x.a", "x.b"),
        Gen.Frequency((1, Gen.Const("")), (3, Gen.OneOf("a", "b", "x")), (5, Pieces.Array[1, 4].Select(string.Concat))))[1, 7];

    [Fact]
    public void References_are_replaced_as_by_plain_recursion() => Sets.Sample(
        properties =>
        {
            var expected = Substitute(properties);
            var actual = NodeProperties.Resolve(Own(properties));

            if (expected is null) Assert.IsType<PropertyResolution.Failed>(actual);
            else Assert.Equal(expected, actual.Properties());
        },
        iter: 20_000);

    [Fact]
    public void Sums_are_those_of_integers() => Gen.Recursive<(string Text, BigInteger Value)>((depth, inner) => depth > 5
        ? Gen.Int[0, 99].Select(number => (number.ToString(CultureInfo.InvariantCulture), (BigInteger)number))
        : Gen.Select(Gen.OneOf('+', '-', '*'), inner, inner).Select((sign, left, right) => (
            $"({left.Text}{sign} {right.Text})",
            sign switch { '+' => left.Value + right.Value, '-' => left.Value - right.Value, _ => left.Value * right.Value })))
        .Sample(sum => Assert.Equal(
            sum.Value.ToString(CultureInfo.InvariantCulture),
            NodeProperties.Resolve(Own(new Dictionary<string, string> { ["x"] = $"$({sum.Text})" })).Properties()["x"]));

    [Fact]
    public void No_text_makes_it_throw() => Gen
        .OneOf(
            "$(", "(", ")", "${", "}", "a", "1", "0", ".", "'", "\"", "\\", "+", "-", "*", "/", "%", "==", "<", "?", ":", "!", "&&", " ",
            "true", "null", "x", "#", "\n")
        .Array[0, 12].Select(string.Concat)
        .Sample(text => NodeProperties.Resolve(Own(new Dictionary<string, string> { ["x"] = text, ["y"] = $"$({text})" })), iter: 20_000);

    /// <summary>Null when anything is undefined or circular.</summary>
    private static Dictionary<string, string>? Substitute(Dictionary<string, string> properties)
    {
        try
        {
            var once = properties.ToDictionary(property => property.Key, property => Replace(property.Value, properties, [property.Key]));
            return once.ToDictionary(property => property.Key, property =>
                ReferencePattern().Match(property.Value) is { Success: true } first && once.ContainsKey(first.Groups[1].Value)
                    ? Replace(property.Value, once, [])
                    : property.Value);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Replace(string text, Dictionary<string, string> properties, string[] visited) =>
        ReferencePattern().Replace(text, match =>
        {
            var name = match.Groups[1].Value;
            if (visited.Contains(name) || !properties.TryGetValue(name, out var value)) throw new InvalidOperationException(name);
            return Replace(value, properties, [.. visited, name]);
        });

    [GeneratedRegex(@"\$\{([a-zA-Z_.0-9]+)\}")]
    private static partial Regex ReferencePattern();
}
