using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Clients;

/// <summary>What <c>mtth/azkaban</c> (Python) does and checks, step by step. It keeps the session id and sends it as a cookie.</summary>
public sealed class MtthTests : ApiTest
{
    [Fact]
    public async Task A_day_of_the_python_client()
    {
        // It probes the session with a bare POST: an empty answer means that it is alive.
        Assert.True(IsSessionLost(await Api.PostAsync("/manager", "session.id=old")));
        var login = await Api.PostAsync("/", "action=login&username=azkaban&password=wrong");
        Assert.Contains("Incorrect Login.", login.Error);
        login = await Api.PostAsync("/", "action=login&username=azkaban&password=secret");
        var id = Extract(login).GetProperty("session.id").GetString()!;
        Assert.Equal("", (await Api.PostAsync("/manager", $"session.id={id}")).Body);
        var client = new Client(Api, id);

        Extract(await client.PostAsync("/manager", "action=create&name=mtth&description=d"));
        using var upload = Packages.Upload("mtth", fields: ("session.id", id));
        var uploaded = Extract(await Api.PostAsync("/manager", upload));
        Assert.Equal(("193", "1"), (uploaded.GetProperty("projectId").GetString(), uploaded.GetProperty("version").GetString()));
        Assert.Equal(193, Extract(await client.GetAsync("/manager?ajax=getPermissions&project=mtth")).GetProperty("projectId").GetInt32());
        var jobs = Extract(await client.GetAsync("/manager?ajax=fetchflowjobs&project=mtth&flow=b")).GetProperty("nodes");
        Assert.Equal(["a", "b"], jobs.EnumerateArray().Select(job => job.GetProperty("id").GetString()));

        var run = Extract(await Api.PostAsync(
            "/executor", $"session.id={id}&ajax=executeFlow&project=mtth&flow=b&concurrentOption=concurrent&disabled=%5B%22a%22%5D"));
        var execid = run.GetProperty("execid").GetInt64();
        Assert.Equal("PREPARING", Extract(await client.GetAsync($"/executor?execid={execid}&ajax=fetchexecflow")).GetProperty("status").GetString());
        var log = Extract(await client.GetAsync($"/executor?execid={execid}&ajax=fetchExecFlowLogs&offset=0&length=50000"));
        Assert.Equal(0, log.GetProperty("length").GetInt32());
        Extract(await client.GetAsync($"/executor?execid={execid}&ajax=cancelFlow"));

        var deleted = await FollowAsync(client, await client.GetAsync("/manager?project=mtth&delete=true"));
        Assert.Contains("Project 'mtth' was successfully deleted", deleted.Body);
        Assert.False(IsSessionLost(deleted));
    }

    private static bool IsSessionLost(Answer answer) =>
        answer.Body.Contains("<!-- /.login -->") || answer.Body.Contains("Login error") || answer.Body.Contains("\"error\" : \"session\"");

    private static System.Text.Json.JsonElement Extract(Answer answer)
    {
        Assert.Equal(200, answer.Status);
        Assert.False(answer.Json.TryGetProperty("error", out var error), error.ToString());
        Assert.False(answer.Json.TryGetProperty("status", out var status) && status.GetString() == "error");
        return answer.Json;
    }

    /// <summary>As the library <c>requests</c> does: every cookie goes with the next request, quotes and all.</summary>
    private static async Task<Answer> FollowAsync(Client client, Answer answer)
    {
        var cookies = $"azkaban.browser.session.id={client.Session}";
        while (answer.Status == 302)
        {
            if (answer.Header("Set-Cookie") is { Length: > 0 } cookie) cookies += "; " + cookie.Replace(";Path=/", "");
            answer = await client.GetAsync(new Uri(answer.Header("Location")).PathAndQuery, ("Cookie", cookies));
        }
        return answer;
    }
}
