using Scheduler.Silo.Nodes.Parameters;
using static Scheduler.Silo.Tests.Nodes.Parameters.Layers;

namespace Scheduler.Silo.Tests.Nodes.Parameters;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("x=${y}; y=1", "1")]
    [InlineData("x=a ${y} b ${y} c; y=1", "a 1 b 1 c")]
    [InlineData("x=${y}; y=${z}; z=1", "1")]
    [InlineData("x=$${y}; y=1", "$1")]
    [InlineData("x=${y}}; y=1", "1}")]
    [InlineData("x=${y${y}; y=1", "${y1")]
    [InlineData("x=${with.dots_and_0}; with.dots_and_0=1", "1")]
    [InlineData("x=${a-b}; a=1", "${a-b}")]
    [InlineData("x=${y:-1}", "${y:-1}")]
    [InlineData("x=${ y }; y=1", "${ y }")]
    [InlineData("x=${}", "${}")]
    [InlineData("x=${", "${")]
    [InlineData("x=${y; y=1", "${y")]
    [InlineData("x=$y; y=1", "$y")]
    [InlineData("x=${ü}; ü=1", "${ü}")]
    [InlineData("x=${y}; y=", "")]
    [InlineData("x=${y}; y=a$b", "a$b")]
    [InlineData("x=${a.${b}}; b=c; a.c=1", "1")]
    [InlineData("spark.version.sparky=2.3.0; x=${spark.version.${branch}}; branch=${test}; test=sparky", "2.3.0")]
    [InlineData("x=${a.${b}}; b=c; a.c=${d}; d=1", "1")]
    [InlineData("x=${y}; y=${a.${b}}; b=c; a.c=1", "1")]
    [InlineData("x=${a.${b}}; b=c", "${a.c}")]
    [InlineData("x=a ${secret:db-1.key} b", "a ${secret:db-1.key} b")]
    [InlineData("x=<${y}>; y=${secret:key}", "<${secret:key}>")]
    [InlineData("x=${secret:${y}}; y=key", "${secret:key}")]
    [InlineData("x=${secret:key} ${a.${b}}; b=c; a.c=1", "${secret:key} 1")]
    [InlineData("x=${a.${b}}; b=c; a.c=${secret:${d}}; d=key", "${secret:key}")]
    [InlineData("x=${a.${b}} ${b.${c}}; b=u; c=k; b.k=1", "${a.u} ${b.k}")]
    public void A_reference_stands_for_the_value_of_the_property(string properties, string expected) =>
        Assert.Equal(expected, Resolve(properties).Properties()["x"]);

    [Fact]
    public void A_reference_sees_the_strongest_layer_wherever_it_stands()
    {
        var layers = Of(Layer("outer", "greeting=hello ${who}"), Layer("inner", "command=echo ${greeting}", "who=outputs"))
            .Config("who=config").Request("who=request", ("outer:inner", "who=node"));

        Assert.Equal("echo hello node", NodeProperties.Resolve(layers).Properties()["command"]);
    }

    [Theory]
    [InlineData("a=${b}", "Could not find variable substitution for variable(s) [a->b]")]
    [InlineData("a=${b}; b=x ${c.d} y", "Could not find variable substitution for variable(s) [a->b->c.d]")]
    [InlineData("a=${A}; b=1", "Could not find variable substitution for variable(s) [a->A]")]
    [InlineData("a=${a}", "Circular variable substitution found: [a] -> [a]")]
    [InlineData("a=${b}; b=${a}", "Circular variable substitution found: [a->b] -> [a]")]
    [InlineData("a=${b}; b=${c}; c=${b}", "Circular variable substitution found: [a->b->c] -> [b]")]
    [InlineData("x=${${n}}; n=x", "Circular variable substitution found: [x] -> [x]")]
    [InlineData("x=${a.${b}} ${c.${b}}; b=1; a.1=ok", "Could not find variable substitution for variable(s) [c.1]")]
    public void A_bad_reference_fails_the_attempt_with_the_text_of_Azkaban(string properties, string message) =>
        Assert.Equal([message], Resolve(properties).Faults());

    [Fact]
    public void Each_cause_is_named_once_and_none_is_hidden_by_another() => Assert.Equal(
        [
            "Could not find variable substitution for variable(s) [a->b->ghost]",
            "Could not find variable substitution for variable(s) [a->phantom]",
            "Circular variable substitution found: [c] -> [c]",
        ],
        Resolve("a=${b} ${phantom}; b=${ghost}; c=${c}; d=${a} ${b} ${c}").Faults());

    [Fact]
    public void The_log_line_is_the_one_of_Azkaban() => Assert.Equal(
        "Bad property definition! Could not find variable substitution for variable(s) [a->b]",
        Assert.IsType<PropertyResolution.Failed>(Resolve("a=${b}")).Faults[0].ToString());

    private static PropertyResolution Resolve(string properties) => NodeProperties.Resolve(Own(Map(properties)));
}
