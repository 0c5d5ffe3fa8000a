using System.Text;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Tests.ProcessJobs;

/// <summary>The expected lines are what OpenJDK 17 writes.</summary>
public sealed class JavaPropertiesTests
{
    [Theory]
    [InlineData("plain", "value", @"plain=value")]
    [InlineData(" key with space ", " leading and trailing ", @"\ key\ with\ space\ =\ leading and trailing ")]
    [InlineData("a=b:c", "x=y:z#!", @"a\=b\:c=x\=y\:z\#\!")]
    [InlineData("#c", "!d", @"\#c=\!d")]
    [InlineData("tab\tnl\ncr\rff\f", "\t\n\r\f", @"tab\tnl\ncr\rff\f=\t\n\r\f")]
    [InlineData(@"back\slash", @"c:\dir\", @"back\\slash=c\:\\dir\\")]
    [InlineData("ünï", "中文 \uD83D\uDE00 é", @"\u00FCn\u00EF=\u4E2D\u6587 \uD83D\uDE00 \u00E9")]
    [InlineData("empty", "", @"empty=")]
    [InlineData("ctl", "\u0000\u0001\u007f\u0080", @"ctl=\u0000\u0001\u007F\u0080")]
    [InlineData("quote", "\"it's\" 100% $x ~ `b`", "quote=\"it's\" 100% $x ~ `b`")]
    [InlineData("spaces", "   ", @"spaces=\   ")]
    public void A_property_is_written_as_java_writes_it(string key, string value, string line) =>
        Assert.Equal(line + "\n", Encoding.ASCII.GetString(JavaProperties.Write([KeyValuePair.Create(key, value)])));

    [Fact]
    public void Each_property_has_a_line_of_its_own() =>
        Assert.Equal("a=1\nb=2\n"u8, JavaProperties.Write([KeyValuePair.Create("a", "1"), KeyValuePair.Create("b", "2")]));
}
