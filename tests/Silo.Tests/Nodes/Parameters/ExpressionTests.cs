using Scheduler.Silo.Nodes.Parameters;
using static Scheduler.Silo.Tests.Nodes.Parameters.Layers;

namespace Scheduler.Silo.Tests.Nodes.Parameters;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("$(1+10)*2", "11*2")]
    [InlineData("$(\"normal\" + 1)", "normal1")]
    [InlineData("$($($(2+3)) + 3)", "8")]
    [InlineData("$($($(2+3)) + 3) + $(40 + 1)", "8 + 41")]
    [InlineData("$($(1 + 3)*10)", "40")]
    [InlineData("$((2+3) + 3)", "8")]
    [InlineData("$(1 + unknownName)", "1")]
    [InlineData("$(unknownName)", "$(unknownName)")]
    [InlineData("$(a.b.c)", "$(a.b.c)")]
    [InlineData("$()", "$()")]
    [InlineData("$(null)", "$(null)")]
    [InlineData("$(1+1) $(date)", "$(1+1) $(date)")]
    [InlineData("$(date) $(1+1)", "$(date) 2")]
    [InlineData("$(\"$\" + \"(1+1)\")", "2")]
    [InlineData("$ (1+1)", "$ (1+1)")]
    public void Expressions_are_replaced_from_the_last_to_the_first(string value, string expected) =>
        Assert.Equal(expected, Resolve(value));

    [Theory]
    [InlineData("7 / 2", "3")]
    [InlineData("-7 / 2", "-3")]
    [InlineData("-7 % 3", "2")]
    [InlineData("7 div 2 + 7 mod 2", "4")]
    [InlineData("7.0 / 2", "3.5")]
    [InlineData("1 / 3.0", "0.3333333333333333")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("1.0", "1.0")]
    [InlineData("0.1234567891", "0.12345679")]
    [InlineData("0.1234567891d", "0.1234567891")]
    [InlineData("1000000.0 * 10", "1.0E7")]
    [InlineData("9999999.0d * 1", "9999999.0")]
    [InlineData("1.0 / 1000", "0.001")]
    [InlineData("1.0 / 8192", "1.220703125E-4")]
    [InlineData("1.5E300d * 1.5E300d", "Infinity")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("1 / 0", "0.0")]
    [InlineData("1.0 / 0", "0.0")]
    [InlineData("5 % 0", "0.0")]
    [InlineData("true / 2", "0.0")]
    [InlineData("0x1F + 010", "39")]
    [InlineData("5L + 5h", "10")]
    [InlineData("9223372036854775807 + 1", "9223372036854775808")]
    [InlineData("2 + 3 * 4 - 1", "13")]
    [InlineData("(2 + 3) * 4", "20")]
    [InlineData("10 - 4 - 3", "3")]
    [InlineData("--1", "1")]
    [InlineData("- 5 + 2", "-3")]
    [InlineData("null + null", "0")]
    public void Arithmetic_is_that_of_JEXL(string expression, string expected) => Assert.Equal(expected, Resolve($"$({expression})"));

    [Theory]
    [InlineData("'a' + \"b\"", "ab")]
    [InlineData("'1' + '2'", "3")]
    [InlineData("'1' + 'x'", "1x")]
    [InlineData("'' + ''", "0")]
    [InlineData("' 1' + 2", " 12")]
    [InlineData("'1.5' + 1", "2.5")]
    [InlineData("'hello' + 1.5", "hello1.5")]
    [InlineData("name + 'x'", "x")]
    [InlineData("'x' + true", "xtrue")]
    [InlineData("'2024' * 2", "4048")]
    [InlineData("'it\\'s \\\\ \\n \\u0041'", "it's \\ \\n A")]
    public void Texts_are_joined_unless_they_are_numbers(string expression, string expected) =>
        Assert.Equal(expected, Resolve($"$({expression})"));

    [Theory]
    [InlineData("1 < 2", "true")]
    [InlineData("2 le 1", "false")]
    [InlineData("'10' > 9", "true")]
    [InlineData("'10' > '9'", "false")]
    [InlineData("1.5 >= 1", "true")]
    [InlineData("1 == 1.0", "true")]
    [InlineData("'a' != 'b'", "true")]
    [InlineData("null == ghost", "true")]
    [InlineData("null <= ghost", "true")]
    [InlineData("1 < ghost", "false")]
    [InlineData("'yes' == true", "true")]
    [InlineData("'false' == true", "false")]
    [InlineData("true > false", "true")]
    [InlineData("true == 1 and not (2 lt 1)", "true")]
    [InlineData("1 == 2 || 'x'", "true")]
    [InlineData("1 && 0", "false")]
    [InlineData("!ghost", "true")]
    [InlineData("-true", "false")]
    [InlineData("1 > 2 ? 'a' : 'b'", "b")]
    [InlineData("1 < 2 ? 3 > 2 ? 'a' : 'b' : 'c'", "a")]
    [InlineData("ghost ?: 'none'", "none")]
    [InlineData("5 ?: 'none'", "5")]
    [InlineData("true ? 1 : 'a' * 2", "1")]
    [InlineData("1 == 1 || 'a' * 2", "true")]
    public void Comparison_logic_and_choice_are_those_of_JEXL(string expression, string expected) =>
        Assert.Equal(expected, Resolve($"$({expression})"));

    [Theory]
    [InlineData("$(1+2")]
    [InlineData("$((1+2)")]
    [InlineData("$(2 +)")]
    [InlineData("$(2 + #hello)")]
    [InlineData("$(1 2)")]
    [InlineData("$(date +%Y)")]
    [InlineData("$(date -d yesterday)")]
    [InlineData("$(1 == 1 == 1)")]
    [InlineData("$(1 < 2 < 3)")]
    [InlineData("$(1 ? 2)")]
    [InlineData("$('a' * 2)")]
    [InlineData("$('a' < 1)")]
    [InlineData("$(-'a')")]
    [InlineData("$(1 + true)")]
    [InlineData("$(new('java.lang.String', 'x'))")]
    [InlineData("$('x'.length())")]
    [InlineData("$(a.b())")]
    [InlineData("$(x = 1)")]
    [InlineData("$([1, 2])")]
    [InlineData("$({1: 2})")]
    [InlineData("$('a' =~ 'b')")]
    [InlineData("$('a' === 'b')")]
    [InlineData("$(size('a'))")]
    [InlineData("$('open)")]
    [InlineData("$(1; 2)")]
    [InlineData("$(08)")]
    [InlineData("$(1 // two)")]
    [InlineData("$(1 & 1)")]
    public void What_is_no_expression_fails_the_attempt(string value) => Assert.Equal(
        [$"Expression {value} not well formed."], NodeProperties.Resolve(Own(new Dictionary<string, string> { ["x"] = value })).Faults());

    [Fact]
    public void References_are_replaced_before_expressions_are_read()
    {
        var properties = NodeProperties.Resolve(Own(Map(
            "one=1; three=3; normal=normal; a=$(1+10); b=$($(${one} + ${three})*10); c=$(${one} + ${b}); d=$(1 + ${normal})"
            + "; e=$(\"${normal}\" + 1); f=${a}"))).Properties();

        Assert.Equal(["11", "40", "41", "1", "normal1", "11"], new[] { "a", "b", "c", "d", "e", "f" }.Select(key => properties[key]));
    }

    private static string Resolve(string value) =>
        NodeProperties.Resolve(Own(new Dictionary<string, string> { ["x"] = value })).Properties()["x"];
}
