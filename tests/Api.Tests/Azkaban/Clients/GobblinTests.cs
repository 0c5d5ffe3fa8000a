using System.Net;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Clients;

/// <summary>What <c>apache/gobblin</c> (Java) does: no cookies at all, and every call says that it is XHR.</summary>
public sealed class GobblinTests : ApiTest
{
    [Fact]
    public async Task A_lost_session_is_known_by_a_word_of_the_message()
    {
        var answer = await SendAsync(HttpMethod.Post, "/executor", "session.id=gone&ajax=executeFlow&project=etl&flow=daily");

        Assert.Equal("error", answer.Json.GetProperty("status").GetString());
        Assert.Contains("Invalid Session", answer.Json.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Calls_carry_the_session_as_a_parameter()
    {
        var login = await SendAsync(HttpMethod.Post, "/", "action=login&username=azkaban&password=secret");
        var session = $"session.id={login.Json.GetProperty("session.id").GetString()}";

        Assert.Equal("success", (await SendAsync(HttpMethod.Post, "/manager", $"{session}&action=create&name=gob&description=d"))
            .Json.GetProperty("status").GetString());
        Assert.Equal(4813, (await SendAsync(
            HttpMethod.Post, "/executor",
            $"{session}&ajax=executeFlow&project=etl&flow=daily&concurrentOption=ignore&flowOverride%5Ba%5D=b&flowOverride%5Bc%5D=d"))
            .Json.GetProperty("execid").GetInt64());
        Assert.Equal(["a", "c"], Api.Executions.Requests[0].Options.Parameters.Keys.Order());
        Assert.False((await SendAsync(HttpMethod.Get, $"/manager?{session}&ajax=addProxyUser&project=etl&name=hdfs")).Json.TryGetProperty("error", out _));
        Assert.Equal("[ \"azkaban\", \"hdfs\" ]", (await SendAsync(HttpMethod.Get, $"/manager?{session}&ajax=getProxyUsers&project=etl"))
            .Json.GetProperty("proxyUsers").GetRawText());
        Assert.Contains("doesn't exist", (await SendAsync(HttpMethod.Get, $"/manager?{session}&ajax=fetchprojectflows&project=none")).Error);
    }

    [Fact]
    public async Task A_delete_ends_well_though_the_redirect_has_no_session()
    {
        var session = (await Api.AsAsync("azkaban")).Session;
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var response = await http.GetAsync(new Uri(Api.Address, $"/manager?session.id={session}&project=etl&delete=true"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(await Api.Projects.FindAsync("etl", default));
    }

    private Task<Answer> SendAsync(HttpMethod method, string address, string? form = null)
    {
        var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        if (form is not null)
            request.Content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        return Api.SendAsync(request);
    }
}
