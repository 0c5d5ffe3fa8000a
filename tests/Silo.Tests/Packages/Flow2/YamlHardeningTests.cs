using System.Text;
using CsCheck;
using Scheduler.Silo.Packages.Yaml;

namespace Scheduler.Silo.Tests.Packages.Flow2;

public class YamlHardeningTests
{
    [Theory]
    [InlineData("a: [b", 1)]
    [InlineData("a:\n\tb: c", null)]
    [InlineData("a: 1\n--- \nb: 2", 2)]
    [InlineData("a: !!binary aGk=", 1)]
    [InlineData("a: !!java.net.URL [http://x]", 1)]
    [InlineData("a: !custom x", 1)]
    [InlineData("a: *nothing", 1)]
    [InlineData("a: &x [*x]", 1)]
    [InlineData("&x a: {*x: 1, [b]: 2}", 1)]
    [InlineData("a: 1\n<<: 5", null)]
    [InlineData("<<: [1]", null)]
    [InlineData("a: \"\\q\"", 1)]
    [InlineData("%YAML 3.0\n---\na: 1", null)]
    public void What_is_not_plain_data_is_refused_with_its_line(string text, int? line)
    {
        var fault = FaultOf(text);

        Assert.NotEmpty(fault.Message);
        if (line is not null) Assert.Equal(line, fault.Line);
    }

    [Fact]
    public void A_billion_laughs_are_counted()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++) bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        Assert.Contains("when its aliases are followed", FaultOf(bomb.ToString()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_keys_are_counted_like_aliases()
    {
        var bomb = new StringBuilder("base: &m0 {").AppendJoin(", ", Enumerable.Range(0, 1_000).Select(i => $"k{i}: v")).Append("}\nuse:\n");
        for (var i = 0; i < 1_000; i++) bomb.Append("- {<<: *m0}\n");

        Assert.Contains("when its aliases are followed", FaultOf(bomb.ToString()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Deep_nesting_is_refused_early(string level) =>
        Assert.Contains("nested deeper", FaultOf(string.Concat(Enumerable.Repeat(level, 10_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Depth_is_counted_through_aliases()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 70; i++) text.Append($"a{i}: &a{i} [*a{i - 1}]\n");

        Assert.Contains("nested deeper", FaultOf(text.ToString()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_are_counted_exactly()
    {
        var bytes = "a: &x [1, 2]\nb: *x"u8.ToArray();

        Assert.Equal(9, Assert.IsType<YamlResult.Document>(YamlReader.Read(bytes, 64, 9)).Size);
        Assert.IsType<YamlResult.Refused>(YamlReader.Read(bytes, 64, 8));
    }

    [Fact]
    public void Text_must_be_UTF_8()
    {
        Assert.IsType<YamlResult.Refused>(YamlReader.Read([0x61, 0xff], 64, 100));
        Assert.IsType<YamlResult.Refused>(YamlReader.Read(Encoding.Unicode.GetPreamble(), 64, 100));
    }

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        var pieces = Gen.OneOf(
            "a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "&x ", "*x", "!!str ", "!t ", "<<: ", "? ", ": ", "|\n", ">-\n", "\"", "'", "\\",
            "\\u", "\\U00110000", "\\xZ", "#", "---\n", "...\n", "%TAG ! x\n", "\t", "\0", "\u0085", "\u2028", "\ud800", "@", "`", "\r");
        pieces.Array[0, 40].Sample(parts => YamlReader.Read(Encoding.UTF8.GetBytes(string.Concat(parts)), 64, 1_000) is not null, iter: 50_000);
    }

    private static YamlFault FaultOf(string text) =>
        Assert.IsType<YamlResult.Refused>(YamlReader.Read(Encoding.UTF8.GetBytes(text), 64, 500_000)).Fault;
}
