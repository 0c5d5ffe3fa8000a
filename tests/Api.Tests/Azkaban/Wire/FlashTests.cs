using CsCheck;
using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;

namespace Scheduler.Api.Tests.Azkaban.Wire;

public sealed class FlashTests
{
    [Fact]
    public void The_cookie_is_a_raw_quoted_text()
    {
        var http = new DefaultHttpContext();
        Flash.Success("Project 'X' was successfully deleted.").SendWith(http.Response);

        Assert.Equal("azkaban.success.message=\"Project 'X' was successfully deleted.\";Path=/", http.Response.Headers.SetCookie);
    }

    [Fact]
    public void No_text_can_leave_its_quotes_or_the_header() => Gen.String.Sample(text =>
    {
        var http = new DefaultHttpContext();
        Flash.Failure(text + "\r\nX: y\"; Domain=evil").SendWith(http.Response);

        var cookie = http.Response.Headers.SetCookie.ToString();
        var value = cookie["azkaban.failure.message=\"".Length..^"\";Path=/".Length];
        Assert.DoesNotContain(value, character => character is '"' or ';' or '\\' or < ' ' or > '~');
    });

    [Theory]
    [InlineData("a=1; azkaban.warn.message=\"x; y, 'z'\"; b=2", "x; y, 'z'")]
    [InlineData("azkaban.warn.message=plain", "plain")]
    [InlineData("azkaban.warn.message=\"open; b=2", "open; b=2")]
    [InlineData("azkaban.warn.message=", null)]
    [InlineData("azkaban.warn.message=\"\"", null)]
    [InlineData("xazkaban.warn.message=1;;=; azkaban.warn.message=2", "2")]
    [InlineData("", null)]
    public void A_cookie_is_read_with_or_without_quotes(string header, string? expected)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = header;

        Assert.Equal(expected, RequestCookies.Find(http.Request, "azkaban.warn.message"));
    }

    [Fact]
    public void The_worst_message_is_shown_and_all_are_forgotten()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = "azkaban.success.message=\"good\"; azkaban.failure.message=\"bad\"";

        Assert.Equal(Flash.Failure("bad"), Flash.Take(http));
        Assert.Equal(
            "azkaban.failure.message=;Path=/|azkaban.success.message=;Path=/", string.Join('|', http.Response.Headers.SetCookie.AsEnumerable()));
    }
}
