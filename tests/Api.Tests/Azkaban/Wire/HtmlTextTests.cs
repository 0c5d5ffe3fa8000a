using System.Net;
using System.Text;
using CsCheck;
using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Tests.Azkaban.Wire;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("a & b < c > d \" e", "a &amp; b &lt; c &gt; d &quot; e")]
    [InlineData("Project 'X' was deleted", "Project 'X' was deleted")]
    [InlineData("café", "caf&eacute;")]
    [InlineData("\u00a0\u00ff", "&nbsp;&yuml;")]
    [InlineData("中", "&#20013;")]
    [InlineData("€ α ≤ ◊", "&euro; &alpha; &le; &loz;")]
    [InlineData("\u0080", "&#128;")]
    [InlineData("😀", "&#128512;")]
    [InlineData("tab\tline\n", "tab\tline\n")]
    public void Text_is_escaped_by_name_or_number(string text, string escaped) => Assert.Equal(escaped, HtmlText.Escape(text));

    [Fact]
    public void Half_of_a_surrogate_pair_becomes_the_replacement_character() => Assert.Equal("a&#65533;", HtmlText.Escape("a\ud83d"));

    [Fact]
    public void Html_4_names_252_characters() => Assert.Equal(252, Enumerable.Range(0, 0x10000).Count(code => HtmlEntities.NameOf(code) is not null));

    [Fact]
    public void Every_character_is_decoded_as_itself()
    {
        foreach (var code in Enumerable.Range(0, 0x11000).Where(Rune.IsValid))
            Assert.Equal(new Rune(code).ToString(), WebUtility.HtmlDecode(HtmlText.Escape(new Rune(code).ToString())));
    }

    [Fact]
    public void No_text_can_open_a_tag_or_end_an_attribute() =>
        Gen.String.Sample(text => Assert.DoesNotContain(HtmlText.Escape(text), character => character is '<' or '>' or '"' or > '\u007f'));

    [Fact]
    public void Markup_escapes_values_and_keeps_markup() =>
        Assert.Equal("<b>&lt;i&gt;</b><hr>7", Html.Of($"<b>{"<i>"}</b>{new Html("<hr>")}{7}").Markup);
}
