using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Tests.Azkaban.Wire;

public sealed class ParametersTests
{
    [Fact]
    public void The_first_value_of_a_name_counts_and_the_query_comes_before_the_body()
    {
        var parameters = Parameters.Parse("?a=1&a=2&b=", "b=3&c=4");

        Assert.Equal(["1", "", "4"], new[] { "a", "b", "c" }.Select(parameters.Find));
    }

    [Fact]
    public void Names_are_compared_with_case()
    {
        var parameters = Parameters.Parse("?jobid=1&jobId=2");

        Assert.Equal(["1", "2", null], new[] { "jobid", "jobId", "JOBID" }.Select(parameters.Find));
    }

    [Theory]
    [InlineData("?delete")]
    [InlineData("?delete=")]
    [InlineData("?x&delete&y")]
    public void A_name_without_a_value_is_present(string query) => Assert.True(Parameters.Parse(query).Has("delete"));

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", false)]
    [InlineData("yes", false)]
    [InlineData("on", false)]
    [InlineData("", false)]
    public void Only_the_word_true_is_true(string text, bool expected) =>
        Assert.Equal(expected, Parameters.Parse("?b=" + text).IsTrue("b", otherwise: true));

    [Fact]
    public void Escapes_and_plus_signs_are_decoded() =>
        Assert.Equal("a b/é", Parameters.Parse(null, "k%5B1%5D=a+b%2F%C3%A9").Find("k[1]"));

    [Fact]
    public void Groups_take_any_key_between_their_brackets()
    {
        var group = Parameters.Parse("?flowOverride[a.b]=1&flowOverride%5Bc%5B0%5D%5D=2&flowOverride[=3&flowOverride=4").Group("flowOverride");

        Assert.Equal([KeyValuePair.Create("a.b", "1"), KeyValuePair.Create("c[0]", "2")], group);
    }

    [Fact]
    public void A_matrix_has_rows()
    {
        var rows = Parameters.Parse("?r[ROOT][a]=1&r[load:l1][b]=2&r[ROOT][c]=3&r[d]=4").Matrix("r");

        Assert.Equal(["ROOT", "load:l1"], rows.Keys);
        Assert.Equal(["a", "c"], rows["ROOT"].Keys);
    }

    [Fact]
    public void A_missing_parameter_is_named() =>
        Assert.Equal("Missing required parameter 'x'.", Assert.Throws<ParameterException>(() => Parameters.Parse("?y=1").Require("x")).Message);

    [Theory]
    [InlineData("0x10")]
    [InlineData("1.0")]
    [InlineData("1 or 1=1")]
    [InlineData("9223372036854775808")]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    public void A_number_is_digits_only(string text)
    {
        var parameters = Parameters.Parse("?n=" + Uri.EscapeDataString(text));

        Assert.Equal($"For input string: \"{text}\"", Assert.Throws<ParameterException>(() => parameters.RequireLong("n")).Message);
    }

    [Fact]
    public void The_nul_character_is_refused() =>
        Assert.Equal(400, Assert.Throws<ParameterException>(() => Parameters.Parse("?a=b%00c")).StatusCode);
}
