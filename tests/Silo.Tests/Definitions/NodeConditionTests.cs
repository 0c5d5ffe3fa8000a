using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Tests.Definitions;

public sealed class NodeConditionTests
{
    [Theory]
    [InlineData("all_success", ConditionMacro.AllSuccess)]
    [InlineData("all_failed", ConditionMacro.AllFailed)]
    [InlineData("ALL_DONE", ConditionMacro.AllDone)]
    [InlineData("One_Failed && ${a:x} > 0", ConditionMacro.OneFailed)]
    [InlineData("${a:x} > 0 && (one_success)", ConditionMacro.OneSuccess)]
    [InlineData("${a:x} > 0", ConditionMacro.AllSuccess)]
    [InlineData("one_failed && 'a' + 'b' == 'ab'", ConditionMacro.OneFailed)]
    [InlineData("'all_done' == 'all_done'", ConditionMacro.AllSuccess)]
    public void The_macro_is_the_gate(string text, object macro) => Assert.Equal(macro, NodeCondition.Parse(text).Macro);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_node_without_a_condition_needs_the_success_of_its_parents_alone(string? text)
    {
        var condition = NodeCondition.Parse(text);

        Assert.Same(NodeCondition.None, condition);
        Assert.Equal(ConditionMacro.AllSuccess, condition.Macro);
        Assert.True(condition.Holds((_, _) => throw new InvalidOperationException("Nothing to ask.")));
    }

    [Theory]
    [InlineData("all_done", true)]
    [InlineData("'10' > 9", true)]
    [InlineData("'10' > '9'", false)]
    [InlineData("'b' > 'a'", true)]
    [InlineData("'B' > 'a'", false)]
    [InlineData("'a' == 'a'", true)]
    [InlineData("\"a\" == 'a'", true)]
    [InlineData("'a' == 'A'", false)]
    [InlineData("'' == 0", true)]
    [InlineData("' \t' == 0", true)]
    [InlineData("'abc' == 0", false)]
    [InlineData("'abc' != 0", true)]
    [InlineData("'abc' < 1", false)]
    [InlineData("'abc' >= 1", false)]
    [InlineData("'1.50' == 1", false)]
    [InlineData("' 12 ' == 12", true)]
    [InlineData("'1e1' == 10", true)]
    [InlineData("'0x1F' == 31", true)]
    [InlineData("'-0x1F' == 31", false)]
    [InlineData("'.5' < 1", true)]
    [InlineData("'1.' == 1", true)]
    [InlineData("'.' == 0", false)]
    [InlineData("'1,000' == 1000", false)]
    [InlineData("'Infinity' > 99999999", true)]
    [InlineData("'-Infinity' < 0", true)]
    [InlineData("'+-Infinity' < 0", false)]
    [InlineData("'infinity' > 0", false)]
    [InlineData("'NaN' == 'NaN'", true)]
    [InlineData("010 == 8", true)]
    [InlineData("08 == 8", true)]
    [InlineData("2 >= 2", true)]
    [InlineData("2 <= 1", false)]
    [InlineData("1 < 2 < 3", true)]
    [InlineData("3 > 2 > 1", false)]
    [InlineData("1 == 1 == 1", true)]
    [InlineData("1 == 2 == 0", true)]
    [InlineData("2 > 1 == 1", true)]
    [InlineData("1 == 1 || 1 == 2 && 1 == 2", true)]
    [InlineData("(1 == 1 || 1 == 2) && 1 == 2", false)]
    [InlineData("!(1 == 2)", true)]
    [InlineData("!1 == 0", true)]
    [InlineData("!'' && !0 && !!1", true)]
    [InlineData("'it\\'s' == \"it's\"", true)]
    [InlineData("'\\u0041\\x42\\t' == 'AB\t'", true)]
    [InlineData("((((1))))==1", true)]
    public void An_expression_is_judged_as_by_JavaScript(string text, bool expected) => Assert.Equal(expected, Holds(text));

    [Theory]
    [InlineData("1")]
    [InlineData("'true'")]
    [InlineData("1 == 1 && 'x'")]
    [InlineData("0 || 2")]
    [InlineData("${a:x}")]
    public void A_result_that_is_not_Boolean_counts_as_false(string text) => Assert.False(Holds(text, ("a:x", "true")));

    [Theory]
    [InlineData("1 == 1 || 'x'", true)]
    [InlineData("'' && 1 == 1", false)]
    [InlineData("'x' && 1 == 1", true)]
    [InlineData("0 || 1 == 1", true)]
    public void And_and_or_hand_on_one_of_their_sides(string text, bool expected) => Assert.Equal(expected, Holds(text));

    [Theory]
    [InlineData("${a:x} > 9", "10", true)]
    [InlineData("${a:x} > '9'", "10", false)]
    [InlineData("${a:x} == 'it\\'s'", "it's", true)]
    [InlineData("${a:x} == 'null'", null, true)]
    [InlineData("${a:x} == 0", null, false)]
    [InlineData("${a:x} == 0", "", true)]
    [InlineData("${ a : x } == 1", "1", true)]
    [InlineData("!${a:x}", "", true)]
    public void An_output_stands_for_its_text(string text, string? value, bool expected) =>
        Assert.Equal(expected, Holds(text, ("a:x", value)));

    [Fact]
    public void A_value_cannot_become_a_part_of_the_expression() => Assert.False(Holds("${a:x} == 'y'", ("a:x", "' == '' || '1")));

    [Theory]
    [InlineData("all_done &&")]
    [InlineData("&& all_done")]
    [InlineData("(1 == 1")]
    [InlineData("1 == 1)")]
    [InlineData(")(")]
    [InlineData("()")]
    [InlineData("1 2")]
    [InlineData("(1)(1)")]
    [InlineData("1 == 1 all_done")]
    [InlineData("1 = 1")]
    [InlineData("1 & 1")]
    [InlineData("'a' + 'b' == 'ab'")]
    [InlineData("'${a:x}' != 'b'")]
    [InlineData("'open == 1")]
    [InlineData("'line\nbreak' != 1")]
    [InlineData("'\\u00g1' != 1")]
    [InlineData("'\\")]
    [InlineData("unknown")]
    [InlineData("${a}")]
    [InlineData("${a:x == 1")]
    [InlineData("$ && ${a:x} == 1")]
    [InlineData("$x == ${a:x}")]
    [InlineData("1 ! 1")]
    [InlineData("!")]
    [InlineData("   ")]
    [InlineData("\0")]
    public void A_text_that_is_no_expression_never_holds(string text)
    {
        var condition = NodeCondition.Parse(text);

        Assert.False(condition.IsWellFormed);
        Assert.Empty(condition.References);
        Assert.False(condition.Holds((_, _) => "1"));
    }

    [Fact]
    public void References_are_listed_once_in_the_order_written() => Assert.Equal(
        [new("b", "x"), new("a", "rows.count"), new("b", "y")],
        NodeCondition.Parse("${b:x} > 0 && (${a:rows.count} == 1 || ${b:x} < 5) && ${b:y} != ''").References);

    [Fact]
    public void Depth_costs_no_stack()
    {
        const int depth = 200_000;

        Assert.True(Holds(new string('(', depth) + "1 == 1" + new string(')', depth)));
        Assert.True(Holds(new string('!', depth) + "(1 == 1)"));
        Assert.True(Holds(string.Concat(Enumerable.Repeat("1 == 1 && (", depth)) + "1 == 1" + new string(')', depth)));
        Assert.False(Holds(new string('(', depth)));
    }

    [Fact]
    public void Length_costs_no_more_than_its_share()
    {
        Assert.False(Holds("'" + string.Concat(Enumerable.Repeat("\\'", 500_000))));
        Assert.False(Holds(string.Concat(Enumerable.Repeat("$", 500_000)) + "${a:x}"));
        Assert.True(Holds(string.Join(" && ", Enumerable.Repeat("${a:x} == 1", 50_000)), ("a:x", "1")));
    }

    private static bool Holds(string text, params (string Name, string? Value)[] outputs) =>
        NodeCondition.Parse(text).Holds((node, key) => outputs.FirstOrDefault(output => output.Name == $"{node}:{key}").Value);
}
