using System.Net;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Manager;

public sealed class DeleteProjectTests : ApiTest
{
    [Fact]
    public async Task The_reply_is_a_redirect_with_a_raw_cookie()
    {
        var client = await Api.AsAsync("azkaban");
        var answer = await Api.SendRawAsync($"""
            GET /manager?project=etl&delete=true HTTP/1.1
            Host: azkaban.example:8081
            Cookie: azkaban.browser.session.id={client.Session}
            Connection: close


            """);

        Assert.StartsWith("HTTP/1.1 302 Found\r\n", answer);
        Assert.Contains("\r\nLocation: http://azkaban.example:8081/\r\n", answer);
        Assert.Contains(
            "\r\nSet-Cookie: azkaban.success.message=\"Project 'etl' was successfully deleted and associated schedules are removed.\";Path=/\r\n",
            answer);
        Assert.Null(await Api.Projects.FindAsync("etl", default));
    }

    [Fact]
    public async Task A_client_that_follows_the_redirects_finds_the_text_on_the_page_once()
    {
        var cookies = new CookieContainer();
        cookies.Add(Api.Address, new Cookie("azkaban.browser.session.id", (await Api.AsAsync("azkaban")).Session));
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = Api.Address };

        using var response = await http.GetAsync(new Uri("manager?project=etl&delete=true", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, new Uri(Api.Address, "index")), (response.StatusCode, response.RequestMessage!.RequestUri));
        Assert.Contains("Project 'etl' was successfully deleted", await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain("was successfully deleted", await http.GetStringAsync(new Uri("index", UriKind.Relative)));
    }

    [Fact]
    public async Task An_unknown_project_is_told_in_the_cookie()
    {
        var answer = await (await Api.AsAsync("azkaban")).GetAsync("/manager?project=none&delete");

        Assert.Equal((302, $"{Api.Address}"), (answer.Status, answer.Header("Location")));
        Assert.Equal("azkaban.failure.message=\"Project none doesn't exist.\";Path=/", answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task A_name_cannot_put_a_header_or_a_cookie_attribute_into_the_reply()
    {
        var answer = await (await Api.AsAsync("azkaban")).GetAsync(
            "/manager?delete=true&project=" + Uri.EscapeDataString("x\"; Domain=evil\r\nX-Evil: 1\u2028é"));

        Assert.Equal(
            "azkaban.failure.message=\"Project x', Domain=evil  X-Evil: 1?? doesn't exist.\";Path=/", answer.Header("Set-Cookie"));
        Assert.Equal("", answer.Header("X-Evil"));
    }

    [Fact]
    public async Task The_message_on_the_page_is_escaped_but_for_line_breaks()
    {
        var client = await Api.AsAsync("azkaban");
        var page = await client.GetAsync(
            "/index", ("Cookie", $"azkaban.browser.session.id={client.Session}; azkaban.warn.message=\"<b>a</b><br>c'd\""));

        Assert.Contains("<div class=\"alert alert-warning\">&lt;b&gt;a&lt;/b&gt;<br>c'd</div>", page.Body);
        Assert.Equal("azkaban.warn.message=;Path=/", page.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("https", "azkaban.example", "https://azkaban.example/")]
    [InlineData("https", "azkaban.example:8443", "https://azkaban.example:8443/")]
    public async Task Behind_a_proxy_the_redirect_leads_to_the_address_of_the_proxy(string proto, string host, string location)
    {
        var answer = await (await Api.AsAsync("azkaban")).GetAsync(
            "/manager?project=none&delete", ("X-Forwarded-Proto", proto), ("X-Forwarded-Host", host));

        Assert.Equal(location, answer.Header("Location"));
    }
}
