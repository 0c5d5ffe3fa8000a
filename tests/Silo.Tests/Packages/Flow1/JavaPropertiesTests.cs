using System.Text;
using CsCheck;
using Scheduler.Silo.Packages;
using Scheduler.Silo.Packages.Flow1;

namespace Scheduler.Silo.Tests.Packages.Flow1;

public class JavaPropertiesTests
{
    private static readonly DefinitionOptions Limits = new();

    [Theory]
    [InlineData("a=b", "a", "b")]
    [InlineData("a:b", "a", "b")]
    [InlineData("a b", "a", "b")]
    [InlineData("a\tb", "a", "b")]
    [InlineData("a\fb", "a", "b")]
    [InlineData("  a  =  b", "a", "b")]
    [InlineData("a = b  ", "a", "b  ")]
    [InlineData("a=b\t\r\n", "a", "b\t")]
    [InlineData("a  :=b", "a", "=b")]
    [InlineData("a==b", "a", "=b")]
    [InlineData("a=:b", "a", ":b")]
    [InlineData("a b=c", "a", "b=c")]
    [InlineData("a", "a", "")]
    [InlineData("a=", "a", "")]
    [InlineData("=b", "", "b")]
    [InlineData(":", "", "")]
    [InlineData("a\\=b=c", "a=b", "c")]
    [InlineData("a\\:b:c", "a:b", "c")]
    [InlineData("a\\ b c", "a b", "c")]
    [InlineData("a\\\\=b", "a\\", "b")]
    [InlineData("a=\\t\\n\\r\\f\\\\\\q\\\"\\'", "a", "\t\n\r\f\\q\"'")]
    [InlineData("a=\\0\\x41", "a", "0x41")]
    [InlineData("a=\\ b", "a", " b")]
    [InlineData("a=\\u4e2d\\u6587", "a", "中文")]
    [InlineData("a=\\u004A\\u004b", "a", "JK")]
    [InlineData("\\u0061=b", "a", "b")]
    [InlineData("a=\\\\u004a", "a", "\\u004a")]
    [InlineData("a=\\U004a", "a", "U004a")]
    [InlineData("a=b#c!d", "a", "b#c!d")]
    [InlineData("a=b\\\n  c", "a", "bc")]
    [InlineData("a=b\\\r\n\t c", "a", "bc")]
    [InlineData("a=b\\\rc", "a", "bc")]
    [InlineData("a=b\\\n#c", "a", "b#c")]
    [InlineData("a=b\\\n\nc=d", "c", "d")]
    [InlineData("a=b\\\n\nc=d", "a", "b")]
    [InlineData("a\\\n=b", "a", "b")]
    [InlineData("a\\\n b=c", "ab", "c")]
    [InlineData("a=b\\\\\nc=d", "a", "b\\")]
    [InlineData("a=b\\\\\\\nc", "a", "b\\c")]
    [InlineData("a=b\\", "a", "b")]
    [InlineData("\\\n#a=b", "#a", "b")]
    [InlineData("\\", "", "")]
    [InlineData("\\\n", "", "")]
    [InlineData("#a=b\\\nc=d", "c", "d")]
    [InlineData("  ! x\n a=b", "a", "b")]
    [InlineData("a=1\na=2", "a", "2")]
    [InlineData("a=1\ra=2\r\na=3", "a", "3")]
    [InlineData("a=\u00e9\u00ff\u0080", "a", "\u00e9\u00ff\u0080")]
    [InlineData("a=x\u00a0", "a", "x\u00a0")]
    [InlineData("\u00ef\u00bb\u00bfa=b", "\u00ef\u00bb\u00bfa", "b")]
    [InlineData("a=\0\u001a", "a", "\0\u001a")]
    public void Bytes_mean_what_they_mean_to_Java(string text, string key, string value)
    {
        var (properties, _, _) = JavaProperties.Parse(Encoding.Latin1.GetBytes(text), Limits);

        Assert.Equal(value, properties!.Values[key]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n \t\f")]
    [InlineData("# only\n! comments\\\n")]
    [InlineData("\\\r\n")]
    [InlineData("\\\n\n")]
    public void Nothing_makes_no_keys(string text) =>
        Assert.Empty(JavaProperties.Parse(Encoding.Latin1.GetBytes(text), Limits).Properties!.Values);

    [Theory]
    [InlineData("a=\\u12", 1)]
    [InlineData("b=1\n\na=\\u12g4", 3)]
    [InlineData("b=1\r\n#\r\n\\u=x", 3)]
    [InlineData("b=1\r\\\ra=\\uuuu", 2)]
    public void A_malformed_escape_is_a_fault_with_its_line(string text, int line)
    {
        var (properties, fault, faultLine) = JavaProperties.Parse(Encoding.Latin1.GetBytes(text), Limits);

        Assert.Null(properties);
        Assert.Equal(("Malformed \\uxxxx encoding.", line), (fault, faultLine));
    }

    [Fact]
    public void Lines_are_those_where_a_key_begins()
    {
        var (properties, _, _) = JavaProperties.Parse("# c\r\na=1\\\r\n  2\rb=3\n\n\nc=4"u8, Limits);

        Assert.Equal([("a", 2), ("b", 4), ("c", 7)], properties!.Lines.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Sizes_are_limited()
    {
        var limits = new DefinitionOptions { MaxKeys = 2, MaxValueLength = 3 };

        Assert.NotNull(JavaProperties.Parse("a=123\nb=4"u8, limits).Properties);
        Assert.Null(JavaProperties.Parse("a=1234"u8, limits).Properties);
        Assert.Null(JavaProperties.Parse("a=\nb=\nc="u8, limits).Properties);
    }

    [Fact]
    public void What_is_written_with_escapes_reads_the_same()
    {
        var text = Gen.Char.Array[0, 20].Select(chars => new string(chars));
        Gen.Dictionary(text, text)[0, 10].Sample(entries =>
        {
            var file = string.Concat(entries.Select(entry => $"{PropertiesText.Escape(entry.Key)}={PropertiesText.Escape(entry.Value)}\n"));
            var read = JavaProperties.Parse(Encoding.Latin1.GetBytes(file), Limits).Properties!.Values;
            return read.Count == entries.Count && entries.All(entry => read[entry.Key] == entry.Value);
        });
    }

    [Fact]
    public void No_bytes_make_the_parser_throw() =>
        Gen.OneOf((byte)'\\', (byte)'u', (byte)'\n', (byte)'\r', (byte)' ', (byte)'=', (byte)'#', (byte)'a', (byte)'0', (byte)0xff).Array[0, 60]
            .Sample(bytes => JavaProperties.Parse(bytes, Limits) is var (properties, fault, line) && (properties is null) == (fault.Length > 0 && line > 0), iter: 20_000);
}
