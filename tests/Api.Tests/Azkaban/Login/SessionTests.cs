using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Login;

public sealed class SessionTests : ApiTest
{
    private const string Call = "/manager?ajax=getProjectId&project=etl";
    private const string Known = "{\n  \"project\" : \"etl\",\n  \"projectId\" : 192\n}";

    [Fact]
    public async Task A_session_is_known_by_cookie_or_parameter()
    {
        var client = await Api.AsAsync("nobody");

        Assert.Equal(Known, (await client.GetAsync(Call)).Body);
        Assert.Equal(Known, (await Api.GetAsync($"{Call}&session.id={client.Session}")).Body);
        Assert.Equal(Known, (await Api.PostAsync(Call, $"session.id={client.Session}")).Body);
    }

    [Fact]
    public async Task A_stale_cookie_does_not_hide_a_live_parameter()
    {
        var live = await Api.AsAsync("nobody");
        var stale = new Client(Api, "gone");

        Assert.Equal(Known, (await stale.GetAsync($"{Call}&session.id={live.Session}")).Body);
    }

    [Fact]
    public async Task A_logout_ends_the_session_on_any_path()
    {
        var client = await Api.AsAsync("nobody");
        var answer = await client.GetAsync("/executor?logout");

        Assert.Equal((302, $"{Api.Address}"), (answer.Status, answer.Header("Location")));
        Assert.Equal("session", (await client.GetAsync(Call)).Error);
    }

    [Fact]
    public async Task Credentials_in_a_post_stand_in_for_a_session_and_leave_none()
    {
        var answer = await Api.PostAsync(Call, "username=nobody&password=secret");

        Assert.Equal((Known, "", 0), (answer.Body, answer.Header("Set-Cookie"), Api.Sessions.Count));
    }

    [Theory]
    [InlineData("username=nobody&password=no", "Login error: Username/Password not found.")]
    [InlineData("username=nobody&password=", "Login error: Password is empty.")]
    public async Task Wrong_credentials_in_a_post_are_told_as_text(string form, string text)
    {
        var answer = await Api.PostAsync(Call, form);

        Assert.Equal((200, null, text), (answer.Status, answer.ContentType, answer.Body));
    }

    [Fact]
    public async Task A_live_session_wins_over_credentials()
    {
        var client = await Api.AsAsync("nobody");

        Assert.Equal(Known, (await client.PostAsync(Call, "username=nobody&password=wrong")).Body);
        Assert.Empty(Api.Users.FailedAddresses);
    }

    [Fact]
    public async Task Credentials_in_a_get_mean_nothing() =>
        Assert.Equal("session", (await Api.GetAsync($"{Call}&username=nobody&password=secret")).Error);

    [Theory]
    [InlineData("/manager?ajax=getProjectId&project=etl")]
    [InlineData("/index?ajax")]
    [InlineData("/any?ajax=x&session.id=gone")]
    public async Task A_get_with_ajax_gets_json_when_the_session_is_lost(string address)
    {
        var answer = await Api.GetAsync(address);

        Assert.Equal((200, "application/json", "{\n  \"error\" : \"session\"\n}"), (answer.Status, answer.ContentType, answer.Body));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/manager?project=etl&delete=true")]
    [InlineData("/manager?project=etl&download=true")]
    [InlineData("/executor?execid=1")]
    public async Task A_get_without_ajax_gets_the_login_page_when_the_session_is_lost(string address)
    {
        var answer = await Api.GetAsync(address);

        Assert.Equal((200, "text/html;charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.Contains("<!-- /.login -->", answer.Body);
        Assert.DoesNotContain("Enter username and password", answer.Body);
    }

    [Theory]
    [InlineData("/manager", "")]
    [InlineData("/executor?ajax=executeFlow", "project=etl&flow=daily")]
    public async Task A_post_gets_the_login_page_when_the_session_is_lost(string address, string form)
    {
        var answer = await Api.PostAsync(address, form);

        Assert.Equal(200, answer.Status);
        Assert.Contains("<!-- /.login -->", answer.Body);
        Assert.Contains("Enter username and password", answer.Body);
    }

    [Fact]
    public async Task A_post_that_calls_itself_xhr_gets_compact_json_when_the_session_is_lost()
    {
        var answer = await new Client(Api, "gone").PostAsync("/manager", "ajax=x", ("X-Requested-With", "XMLHttpRequest"));

        Assert.Equal(
            (200, null, """{"status":"error","message":"Invalid Session. Need to re-login","action":"login"}"""),
            (answer.Status, answer.ContentType, answer.Body));
    }

    [Fact]
    public async Task A_multipart_post_gets_text_when_the_session_is_lost()
    {
        using var bare = new MultipartFormDataContent { { new StringContent("upload"), "ajax" } };
        using var wrong = new MultipartFormDataContent
        {
            { new StringContent("nobody"), "username" }, { new StringContent("wrong"), "password" },
        };

        Assert.Equal("Login error. Need username and password", (await Api.PostAsync("/manager", bare)).Body);
        Assert.Equal("Login error: Username/Password not found.", (await Api.PostAsync("/manager", wrong)).Body);
    }
}
