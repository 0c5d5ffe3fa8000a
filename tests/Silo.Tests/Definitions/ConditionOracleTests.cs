using System.Globalization;
using CsCheck;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Tests.Definitions;

/// <summary>Random conditions against an evaluator that works on trees of plain objects.</summary>
public sealed class ConditionOracleTests
{
    private static readonly Gen<string> Texts = Gen.OneOf("", " ", "a", "b", "ab", "B", "10", "9", "09", "-1", "1e1", "0x0A", "1.0", "null", "true");

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
            (6, Gen.Select(Gen.OneOf("&&", "||", "==", "!=", "<", ">", "<=", ">="), inner, inner).Select(Join))));

    [Fact]
    public void A_condition_holds_when_JavaScript_says_true() => Gen
        .Select(Trees, Gen.Dictionary(Gen.OneOf("a:x", "a:y", "b:x"), Texts)[0, 3])
        .Sample((tree, outputs) => Assert.Equal(
            tree.Value(outputs) is true,
            NodeCondition.Parse(tree.Text).Holds((node, key) => outputs.GetValueOrDefault($"{node}:{key}"))));

    [Fact]
    public void Brackets_that_repeat_the_rules_of_precedence_change_nothing() => Gen
        .Select(Operands, Operands, Operands, Operands)
        .Sample((a, b, c, d) =>
        {
            var outputs = new Dictionary<string, string>();
            Assert.Equal(
                Holds($"(((({a.Text}) < {b.Text}) == (!({c.Text}))) && ({d.Text})) || ({a.Text} == {d.Text})"),
                Holds($"{a.Text} < {b.Text} == !{c.Text} && {d.Text} || {a.Text} == {d.Text}"));

            bool Holds(string text) => NodeCondition.Parse(text).Holds((node, key) => outputs.GetValueOrDefault($"{node}:{key}"));
        });

    [Fact]
    public void No_text_makes_it_throw() => Gen.OneOf("(", ")", "!", "&&", "||", "==", ">", "=", "&", "'", "\"", "\\", "$", "{", "}", ":", "a", "1", " ", "all_done", "${a:x}")
        .Array[0, 12].Select(string.Concat)
        .Sample(text =>
        {
            NodeCondition.Parse(text).Holds((_, _) => "1");
            ConditionRules.Validate(text, "n", Contracts.Definitions.PackageFormat.Flow2, _ => true, _ => false);
        });

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
