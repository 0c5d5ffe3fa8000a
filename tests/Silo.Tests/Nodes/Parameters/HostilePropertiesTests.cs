using System.Diagnostics;
using Scheduler.Silo.Nodes.Parameters;
using static Scheduler.Silo.Tests.Nodes.Parameters.Layers;

namespace Scheduler.Silo.Tests.Nodes.Parameters;

public sealed class HostilePropertiesTests
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void A_long_chain_costs_no_stack(int length)
    {
        var chain = Enumerable.Range(0, length).ToDictionary(link => $"k{link}", link => link + 1 < length ? $"${{k{link + 1}}}" : "end");

        Assert.All(Resolve(chain).Properties().Values, value => Assert.Equal("end", value));
    }

    [Fact]
    public void A_long_circle_is_one_fault_with_a_message_of_bounded_length()
    {
        var circle = Enumerable.Range(0, 10_000).ToDictionary(link => $"k{link}", link => $"${{k{(link + 1) % 10_000}}}");

        var message = Assert.Single(Resolve(circle).Faults());
        Assert.StartsWith("Circular variable substitution found: [k0->k1->", message, StringComparison.Ordinal);
        Assert.EndsWith("->k9999] -> [k0]", message, StringComparison.Ordinal);
        Assert.True(message.Length < 5_000);
    }

    [Fact]
    public void Doubling_thirty_times_is_refused_where_it_gets_too_long()
    {
        var bomb = Enumerable.Range(0, 30).ToDictionary(step => $"k{step:00}", step => $"${{k{step + 1:00}}}${{k{step + 1:00}}}");
        bomb["k29"] = "0123456789";

        Assert.Equal("Property k12 is longer than 1048576 characters with all references replaced.", Assert.Single(Resolve(bomb).Faults()));
    }

    [Fact]
    public void Many_long_values_are_refused_together()
    {
        var wide = Enumerable.Range(0, 1_000).ToDictionary(copy => $"k{copy}", _ => "${big}");
        wide["big"] = new string('x', 1 << 20);

        Assert.Equal(["property.too-much"], Assert.IsType<PropertyResolution.Failed>(Resolve(wide)).Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void Thousands_of_values_that_get_too_long_are_bounded_too()
    {
        var wide = Enumerable.Range(0, 10_000).ToDictionary(copy => $"k{copy}", _ => "${big}${big}");
        wide["big"] = new string('x', 1 << 20);

        Assert.InRange(Resolve(wide).Faults().Count(), 1, PropertyLimits.MaxFaults);
    }

    [Fact]
    public void A_huge_value_without_references_passes_untouched()
    {
        var huge = new string('x', 5 << 20);

        Assert.Same(huge, Resolve(new() { ["script"] = huge, ["other"] = "$" }).Properties()["script"]);
    }

    [Fact]
    public void Not_more_faults_are_told_than_anyone_reads() => Assert.Equal(
        PropertyLimits.MaxFaults,
        Resolve(Enumerable.Range(0, 1_000).ToDictionary(key => $"k{key}", key => $"${{ghost{key}}}")).Faults().Count());

    [Theory]
    [InlineData("${", 500_000)]
    [InlineData("${a", 300_000)]
    [InlineData("$", 1_000_000)]
    [InlineData("${${", 250_000)]
    public void Openings_without_an_end_are_text(string opening, int times)
    {
        var value = string.Concat(Enumerable.Repeat(opening, times));

        Assert.Equal(value, Resolve(new() { ["x"] = value }).Properties()["x"]);
    }

    [Theory]
    [InlineData("$(", "", 300_000)]
    [InlineData("$(", ")", 300_000)]
    [InlineData("$((((", "))))", 100_000)]
    [InlineData("$(1+", ")", 50_000)]
    [InlineData("$(1)", "", 200_000)]
    [InlineData("$('a'+'", "')", 50_000)]
    public void Piles_of_expressions_end_soon(string opening, string closing, int times)
    {
        var value = string.Concat(Enumerable.Repeat(opening, times)) + string.Concat(Enumerable.Repeat(closing, times));
        var clock = Stopwatch.StartNew();

        Resolve(new() { ["x"] = value });

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("-", "1", "")]
    [InlineData("1 ? ", "1", " : 1")]
    [InlineData("1 + ", "1", "")]
    [InlineData("!", "1", "")]
    public void Depth_inside_an_expression_costs_no_stack(string opening, string core, string closing)
    {
        var expression = string.Concat(Enumerable.Repeat(opening, 1_900)) + core + string.Concat(Enumerable.Repeat(closing, 1_900));

        Resolve(new() { ["x"] = $"$({expression[..Math.Min(expression.Length, 9_900)]})" });
    }

    [Fact]
    public void A_number_of_many_digits_is_bounded_by_the_length_of_its_expression()
    {
        var digits = new string('9', 4_900);

        Assert.Equal(9_800, Resolve(new() { ["x"] = $"$({digits}*{digits})" }).Properties()["x"].Length);
        Assert.Single(Resolve(new() { ["x"] = $"$({digits}*{digits}*{digits})" }).Faults());
    }

    private static PropertyResolution Resolve(Dictionary<string, string> properties) => NodeProperties.Resolve(Own(properties));
}
