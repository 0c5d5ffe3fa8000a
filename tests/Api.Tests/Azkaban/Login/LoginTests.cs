using System.Text;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Login;

public sealed class LoginTests : ApiTest
{
    [Theory]
    [InlineData("/", "action=login&username=reader&password=secret")]
    [InlineData("/?action=login", "username=reader&password=secret")]
    [InlineData("/manager", "action=login&username=reader&password=secret")]
    [InlineData("/manager?action=login", "username=reader&password=secret")]
    [InlineData("/index", "action=login&username=reader&password=secret")]
    [InlineData("/executor?execid=17", "action=login&username=reader&password=secret")]
    [InlineData("/any/where", "action=login&username=reader&password=secret")]
    public async Task A_login_may_be_posted_to_any_path(string path, string form)
    {
        var answer = await Api.PostAsync(path, form);

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal("{\n  \"status\" : \"success\",\n  \"session.id\" : \"session-1\"\n}", answer.Body);
        Assert.Equal("azkaban.browser.session.id=session-1;Path=/", answer.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("action=login&username=reader&password=wrong", "Incorrect Login. Username/Password not found.")]
    [InlineData("action=login&username=unknown&password=secret", "Incorrect Login. Username/Password not found.")]
    [InlineData("action=login&username=reader", "Incorrect Login.")]
    [InlineData("action=login&password=secret", "Incorrect Login.")]
    [InlineData("action=login&username=+&password=secret", "Incorrect Login. Username is empty.")]
    [InlineData("action=login&username=reader&password=", "Incorrect Login. Password is empty.")]
    public async Task A_refused_login_is_an_error_with_status_200(string form, string error)
    {
        var answer = await Api.PostAsync("/", form);

        Assert.Equal((200, $"{{\n  \"error\" : \"{error}\"\n}}"), (answer.Status, answer.Body));
        Assert.Equal(0, Api.Sessions.Count);
    }

    [Fact]
    public async Task Too_many_failures_close_the_address_even_for_the_right_password()
    {
        for (var failure = 0; failure < 3; failure++) await Api.PostAsync("/", "action=login&username=reader&password=wrong");

        var answer = await Api.PostAsync("/", "action=login&username=reader&password=secret");

        Assert.Equal("Incorrect Login. Too many failed logins. Try again in 30 seconds.", answer.Error);
    }

    [Fact]
    public async Task Failures_are_counted_for_the_address_that_a_trusted_proxy_forwards()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/", UriKind.Relative));
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Content = new StringContent("action=login&username=reader&password=no", Encoding.UTF8, "application/x-www-form-urlencoded");
        await Api.SendAsync(request);

        Assert.Equal(["203.0.113.9"], Api.Users.FailedAddresses);
    }

    [Theory]
    [InlineData("/?action=login&username=reader&password=secret", "")]
    [InlineData("/manager?password=", "ajax=getProjectId&project=etl")]
    public async Task A_password_in_the_query_is_refused_before_anything_else(string address, string form)
    {
        var client = await Api.AsAsync("root");
        var answer = await client.PostAsync(address, form);

        Assert.Equal(
            (200, null, "Login error. Must pass username and password in request body"), (answer.Status, answer.ContentType, answer.Body));
    }

    [Fact]
    public async Task A_get_never_logs_in()
    {
        await Api.GetAsync("/?action=login&username=reader&password=secret");

        Assert.Equal(0, Api.Sessions.Count);
    }

    [Fact]
    public async Task A_multipart_body_never_logs_in()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("login"), "action" }, { new StringContent("reader"), "username" }, { new StringContent("secret"), "password" },
        };
        var answer = await Api.PostAsync("/", form);

        Assert.Equal((200, "", 0), (answer.Status, answer.Body, Api.Sessions.Count));
    }

    [Fact]
    public async Task A_login_is_a_login_even_with_a_live_session()
    {
        var client = await Api.AsAsync("reader");
        var answer = await client.PostAsync("/", "action=login&username=nobody&password=secret");

        Assert.Equal("session-2", answer.Json.GetProperty("session.id").GetString());
    }

    [Fact]
    public async Task A_body_without_a_content_type_is_read()
    {
        var answer = await Api.SendRawAsync("""
            POST / HTTP/1.1
            Host: localhost
            Connection: close
            Content-Length: 44

            action=login&username=reader&password=secret
            """);

        Assert.Contains("\"status\" : \"success\"", answer);
    }
}
