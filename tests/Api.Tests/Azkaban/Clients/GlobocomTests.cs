using System.Net;
using AngleSharp.Html.Parser;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Clients;

/// <summary>
/// What <c>globocom/azkaban-cli</c> (Python) does: a cookie jar and the parameter <c>session.id</c> together on every call, truths
/// as Python prints them.
/// </summary>
public sealed class GlobocomTests : ApiTest
{
    private const string LoginScript = "  <script type=\"text/javascript\" src=\"/js/azkaban/view/login.js\"></script>";

    [Fact]
    public async Task A_cookie_jar_and_a_parameter_work_together()
    {
        var client = await Api.AsAsync("azkaban");
        var session = $"session.id={client.Session}";

        var added = await client.GetAsync(
            $"/manager?{session}&ajax=addPermission&project=etl&name=nobody&group=False&permissions%5Badmin%5D=False&permissions%5Bread%5D=True"
            + "&permissions%5Bwrite%5D=False&permissions%5Bexecute%5D=False&permissions%5Bschedule%5D=False");
        Assert.False(added.Json.TryGetProperty("error", out _));
        var flows = (await client.GetAsync($"/manager?{session}&ajax=fetchprojectflows&project=etl")).Json.GetProperty("flows");
        Assert.Contains("daily", flows.EnumerateArray().Select(flow => flow.GetProperty("flowId").GetString()));
        Assert.Equal(4813, (await client.GetAsync($"/executor?{session}&ajax=executeFlow&project=etl&flow=daily")).Json.GetProperty("execid").GetInt64());
        Assert.Equal("{\n}", (await client.GetAsync($"/executor?{session}&ajax=cancelFlow&execid=4813")).Body);
        using var upload = Packages.Upload("etl", fields: ("session.id", client.Session));
        Assert.Equal("2", (await client.PostAsync("/manager", upload)).Json.GetProperty("version").GetString());
    }

    [Fact]
    public async Task A_lost_session_is_known_by_a_line_of_the_page_or_an_exact_text()
    {
        var lost = new Client(Api, "gone");
        using var upload = Packages.Upload("etl", fields: ("session.id", "gone"));

        Assert.Contains(LoginScript, (await lost.GetAsync("/index?all&session.id=gone")).Body.Split('\n'));
        Assert.Equal("session", (await lost.GetAsync("/manager?ajax=fetchprojectflows&project=etl&session.id=gone")).Error);
        Assert.Equal("Login error. Need username and password", (await lost.PostAsync("/manager", upload)).Body);
    }

    [Fact]
    public async Task Projects_and_their_users_are_read_from_the_page()
    {
        var document = new HtmlParser().ParseDocument((await (await Api.AsAsync("azkaban")).GetAsync("/index?all")).Body);

        var projects = document.QuerySelectorAll("#project-list > li").Select(item => (
            Name: item.QuerySelector(".project-info h4 a")!.TextContent,
            User: item.QuerySelector(".project-last-modified")!.TextContent.Trim().Split('\n')[^1].Trim().TrimEnd('.')));
        Assert.Equal([("etl", "azkaban")], projects);
    }

    [Fact]
    public async Task A_real_cookie_jar_keeps_the_session()
    {
        using var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        using var http = new HttpClient(handler) { BaseAddress = Api.Address };
        using var credentials = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["action"] = "login", ["username"] = "azkaban", ["password"] = "secret" });
        using var login = await http.PostAsync(new Uri("/", UriKind.Relative), credentials);

        Assert.Contains("project-list", await http.GetStringAsync(new Uri("/", UriKind.Relative)));
    }
}
