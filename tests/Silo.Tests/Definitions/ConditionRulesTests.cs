using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Tests.Definitions;

public sealed class ConditionRulesTests
{
    private const string Unresolvable = "cannot resolve the condition. Please check the syntax for supported conditions.";

    [Theory]
    [InlineData(null)]
    [InlineData("all_success")]
    [InlineData(" ( One_Failed ) ")]
    [InlineData("all_success && ${a:rows} > 0")]
    [InlineData("${a:rows} >= 10 || ${a:rows} <= 5")]
    [InlineData("!${a:rows} && !(${a:rows} == 'x y')")]
    [InlineData("'a' != \"b\"")]
    [InlineData("${ a : rows } == 1")]
    [InlineData("${b:own} == 1")]
    public void A_good_condition_passes(string? condition) => Assert.Empty(Validate(condition));

    [Theory]
    [InlineData("all_done && one_failed", "cannot combine more than one conditionOnJobStatus macros.")]
    [InlineData("all_done || all_done || all_done", "cannot combine more than one conditionOnJobStatus macros.")]
    [InlineData("", "operand is an empty string.")]
    [InlineData(" () ", "operand is an empty string.")]
    [InlineData("&& all_done", "operand is an empty string.")]
    [InlineData("${a:x} == && 1", "operand is an empty string.")]
    [InlineData("! && all_done", "operand is an empty string.")]
    [InlineData("${ghost:x} == 1", "ghost doesn't exist in the flow.")]
    [InlineData("${c:x} == 1", "should not define condition on its descendant node c.")]
    [InlineData("!all_done", Unresolvable)]
    [InlineData("!!1", Unresolvable)]
    [InlineData("1.5 > 1", Unresolvable)]
    [InlineData("-1 < 1", Unresolvable)]
    [InlineData("true", Unresolvable)]
    [InlineData("${a} == 1", Unresolvable)]
    [InlineData("${a:b:c} == 1", Unresolvable)]
    [InlineData("1 === 1", Unresolvable)]
    [InlineData("'a>b' == 1", Unresolvable)]
    [InlineData("1 & 1", Unresolvable)]
    [InlineData("'open == 1", Unresolvable)]
    public void A_bad_condition_gets_the_text_of_Azkaban(string condition, string message)
    {
        var finding = Assert.Single(Validate(condition));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal($"Invalid condition for b: {message}", finding.Message);
    }

    [Fact]
    public void All_errors_of_a_condition_are_reported() => Assert.Equal(
        [
            "Invalid condition for b: cannot combine more than one conditionOnJobStatus macros.",
            "Invalid condition for b: ghost doesn't exist in the flow.",
            $"Invalid condition for b: {Unresolvable}",
        ],
        Validate("all_done && one_failed && ${ghost:x} == huh").Select(finding => finding.Message));

    [Fact]
    public void Tens_of_thousands_of_errors_are_told_apart_in_no_time() => Assert.Equal(
        50_000, Validate(string.Join(" && ", Enumerable.Range(0, 50_000).Select(number => $"${{g{number}:x}}"))).Count);

    [Fact]
    public void Flow_1_misspells_the_empty_operand_and_asks_for_no_descendants()
    {
        Assert.Equal("Invalid condition fo b: operand is an empty string.", Assert.Single(Validate("&& 1", PackageFormat.Flow1)).Message);
        Assert.Empty(Validate("${c:x} == 1", PackageFormat.Flow1));
        Assert.Empty(Validate("", PackageFormat.Flow1));
    }

    [Theory]
    [InlineData("all_done &&")]
    [InlineData("(1 == 1")]
    [InlineData("1 2 == 12")]
    [InlineData("'a' + 'b' == 'ab'")]
    public void What_Azkaban_takes_but_can_never_evaluate_is_a_warning(string condition)
    {
        var finding = Assert.Single(Validate(condition));

        Assert.Equal((Severity.Warning, "condition.never-holds"), (finding.Severity, finding.Code));
    }

    [Fact]
    public void Descendants_are_not_looked_for_without_a_reference() => Assert.Empty(ConditionRules.Validate(
        "all_done", "b", PackageFormat.Flow2, _ => throw new InvalidOperationException(), _ => throw new InvalidOperationException()));

    /// <summary>The condition of b in a -> b -> c.</summary>
    private static IReadOnlyList<Finding> Validate(string? condition, PackageFormat format = PackageFormat.Flow2) =>
        ConditionRules.Validate(condition, "b", format, name => name is "a" or "b" or "c", name => name == "c");
}
