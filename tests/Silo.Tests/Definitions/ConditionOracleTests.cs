using System.Globalization;
using CsCheck;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Tests.Definitions;

/// <summary>Random conditions against an evaluator that works on trees of plain objects.</summary>
public sealed class ConditionOracleTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        "", " ", "a", "b", "ab", "B", "10", "9", "09", "-1", "1e1", "0x0A", "1.0", "null", "true");

    private static readonly Gen<string> Signs = Gen.OneOf("&&", "||", "==", "!=", "<", ">", "<=", ">=");

    private static readonly Gen<Tree> Operands = Gen.OneOf<Tree>(
        Texts.Select(text => new Tree($"'{text}'", _ => text)),
        Gen.Int[0, 12].Select(number => new Tree(number.ToString(CultureInfo.InvariantCulture), _ => (double)number)),
        Gen.OneOf("a:x", "a:y", "b:x").Select(name => new Tree($"${{{name}}}", outputs => outputs.GetValueOrDefault(name, "null"))),
        Gen.Const(new Tree("all_done", _ => true)));

    private static readonly Gen<Tree> Trees = Gen.Recursive<Tree>((depth, inner) => depth > 4
        ? Operands
        : Gen.Frequency(
            (2, Operands),
            (1, inner.Select(operand => new Tree($"!({operand.Text})", outputs => !Truth(operand.Value(outputs))))),
            (6, Gen.Select(Signs, inner, inner).Select(Join))));

    [Fact]
    public void A_condition_holds_when_JavaScript_says_true() => Gen
        .Select(Trees, Gen.Dictionary(Gen.OneOf("a:x", "a:y", "b:x"), Texts)[0, 3])
        .Sample((tree, outputs) => Assert.Equal(
            tree.Value(outputs) is true,
            NodeCondition.Parse(tree.Text).Holds((node, key) => outputs.GetValueOrDefault($"{node}:{key}"))));

    [Fact]
    public void Of_two_operators_the_stronger_binds_first_and_of_equals_the_left_one() => Gen
        .Select(Operands, Signs, Operands, Signs, Operands)
        .Sample((a, first, b, second, c) => Assert.Equal(
            Holds(Strength(first) >= Strength(second)
                ? $"({a.Text} {first} {b.Text}) {second} {c.Text}"
                : $"{a.Text} {first} ({b.Text} {second} {c.Text})"),
            Holds($"{a.Text} {first} {b.Text} {second} {c.Text}")),
            iter: 10_000);

    [Fact]
    public void No_text_makes_it_throw() => Gen
        .OneOf("(", ")", "!", "&&", "||", "==", ">", "=", "&", "'", "\"", "\\", "$", "{", "}", ":", "a", "1", " ", "all_done", "${a:x}")
        .Array[0, 12].Select(string.Concat)
        .Sample(text =>
        {
            NodeCondition.Parse(text).Holds((_, _) => "1");
            ConditionRules.Validate(text, "n", Contracts.Definitions.PackageFormat.Flow2, _ => true, _ => false);
        });

    private static int Strength(string sign) => sign switch { "||" => 1, "&&" => 2, "==" or "!=" => 3, _ => 4 };

    private static bool Holds(string text) => NodeCondition.Parse(text).Holds((_, _) => null);

    private static Tree Join(string sign, Tree left, Tree right) => new($"({left.Text}) {sign} ({right.Text})", outputs =>
    {
        var (a, b) = (left.Value(outputs), right.Value(outputs));
        return sign switch
        {
            "&&" => Truth(a) ? b : a,
            "||" => Truth(a) ? a : b,
            "==" => Same(a, b),
            "!=" => !Same(a, b),
            "<" => a is string s && b is string t ? string.CompareOrdinal(s, t) < 0 : Number(a) < Number(b),
            ">" => a is string s && b is string t ? string.CompareOrdinal(s, t) > 0 : Number(a) > Number(b),
            "<=" => a is string s && b is string t ? string.CompareOrdinal(s, t) <= 0 : Number(a) <= Number(b),
            _ => a is string s && b is string t ? string.CompareOrdinal(s, t) >= 0 : Number(a) >= Number(b),
        };
    });

    private static bool Truth(object value) => value switch { string text => text != "", double number => number != 0, _ => (bool)value };

    private static bool Same(object a, object b) => a is string s && b is string t ? s == t : Number(a) == Number(b);

    /// <summary>Knows just the texts that are generated.</summary>
    private static double Number(object value) => value switch
    {
        double number => number,
        bool truth => truth ? 1 : 0,
        "" or " " => 0,
        "9" or "09" => 9,
        "10" or "1e1" or "0x0A" => 10,
        "-1" => -1,
        "1.0" => 1,
        _ => double.NaN,
    };

    private sealed record Tree(string Text, Func<Dictionary<string, string>, object> Value)
    {
        public override string ToString() => Text;
    }
}
