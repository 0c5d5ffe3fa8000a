using AngleSharp.Html.Parser;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Login;

public sealed class LoginPageTests : ApiTest
{
    private const string ScriptLine = "  <script type=\"text/javascript\" src=\"/js/azkaban/view/login.js\"></script>";

    [Fact]
    public async Task It_has_every_mark_by_which_clients_know_it()
    {
        var page = (await Api.GetAsync("/")).Body;

        Assert.Contains("<!-- /.login -->", page);
        Assert.Contains(ScriptLine, page.Split('\n'));
        Assert.Contains("<div class=\"container-full\">", page);
        Assert.Contains("<div class=\"login\">", page);
        Assert.Contains("error", page);
        var document = new HtmlParser().ParseDocument(page);
        Assert.All(new[] { "username", "password" }, id => Assert.NotNull(document.GetElementById(id)));
    }

    [Theory]
    [InlineData("/index?all")]
    [InlineData("/executor")]
    [InlineData("/executor?execid=1")]
    [InlineData("/manager")]
    [InlineData("/manager?project=etl")]
    [InlineData("/manager?project=none")]
    public async Task No_other_page_has_any_of_them(string address)
    {
        var page = (await (await Api.AsAsync("root")).GetAsync(address)).Body;

        Assert.All(
            new[] { "<!-- /.login -->", ScriptLine, "<div class=\"login\">", "Login error" },
            mark => Assert.DoesNotContain(mark, page));
    }

    [Theory]
    [InlineData("/js/azkaban/view/login.js", "text/javascript;charset=utf-8")]
    [InlineData("/css/scheduler.css", "text/css;charset=utf-8")]
    public async Task Its_script_and_style_are_served_without_login(string path, string contentType)
    {
        var answer = await Api.GetAsync(path);

        Assert.Equal((200, contentType), (answer.Status, answer.ContentType));
    }
}
