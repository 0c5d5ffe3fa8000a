using System.Text;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Tests.ProcessJobs;

public sealed class OutputPropertiesTests
{
    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("\"\"", "")]
    [InlineData("\"\\u4e2d\\n\"", "中\n")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("7", "7")]
    [InlineData("-0", "0")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.0", "1.0")]
    [InlineData("1e3", "1000.0")]
    [InlineData("0.001", "0.001")]
    [InlineData("0.0009999", "9.999E-4")]
    [InlineData("9999999.0", "9999999.0")]
    [InlineData("1e7", "1.0E7")]
    [InlineData("12345678.9", "1.23456789E7")]
    [InlineData("123456.789", "123456.789")]
    [InlineData("1e21", "1.0E21")]
    [InlineData("1.5e300", "1.5E300")]
    [InlineData("-2.5", "-2.5")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("0e5", "0.0")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    [InlineData("9007199254740993.0", "9.007199254740992E15")]
    [InlineData("123e-7", "1.23E-5")]
    [InlineData("1e400", "Infinity")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("[1, \"x\", null, [true, {}], 2.0]", "[1, x, null, [true, {}], 2.0]")]
    [InlineData("{\"a\": 1, \"b\": {\"c\": [\"{\", \"x, y\"]}}", "{a=1, b={c=[{, x, y]}}")]
    public void A_value_becomes_what_java_prints(string json, string text)
    {
        Assert.Null(OutputProperties.Parse(Encoding.UTF8.GetBytes($"{{\"key\": {json}, \"next\": 1}}"), out var properties));

        Assert.Equal(text, properties["key"]);
        Assert.Equal("1", properties["next"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("{}")]
    public void Nothing_is_no_properties_and_no_error(string file)
    {
        Assert.Null(OutputProperties.Parse(Encoding.UTF8.GetBytes(file), out var properties));
        Assert.Empty(properties);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\": 1")]
    [InlineData("{\"a\": 1} x")]
    [InlineData("{\"a\": 1}{}")]
    [InlineData("a=1")]
    [InlineData("{\"a\": \"\\ud800\"}")]
    [InlineData("{'a': 1}")]
    public void Anything_but_one_object_is_an_error(string file)
    {
        Assert.NotNull(OutputProperties.Parse(Encoding.UTF8.GetBytes(file), out var properties));
        Assert.Empty(properties);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_an_error() =>
        Assert.NotNull(OutputProperties.Parse([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'], out _));

    [Fact]
    public void Depth_has_an_end()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));

        Assert.NotNull(OutputProperties.Parse(Encoding.UTF8.GetBytes($"{{\"a\": {deep}"), out _));
    }

    [Fact]
    public void The_later_of_two_members_wins()
    {
        OutputProperties.Parse("""{"a": 1, "a": 2}"""u8, out var properties);

        Assert.Equal("2", properties["a"]);
    }
}
