using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban;

/// <summary>Which method means something on which route; everything else is an empty 200.</summary>
public sealed class MethodMatrixTests : ApiTest
{
    private const string Page = "<html";

    [Theory]
    [InlineData("GET", "/", 302, "")]
    [InlineData("POST", "/", 302, "")]
    [InlineData("MULTI", "/", 200, "")]
    [InlineData("GET", "/manager/", 302, "")]
    [InlineData("GET", "/Manager?ajax=getProjectId&project=etl", 302, "")]
    [InlineData("GET", "/some/where.html", 302, "")]
    [InlineData("GET", "/index", 200, Page)]
    [InlineData("GET", "/index?ajax=fetchallprojects", 200, "\"projects\"")]
    [InlineData("GET", "/index?ajax=other", 200, "{\n}")]
    [InlineData("POST", "/index?ajax=fetchallprojects", 200, "")]
    [InlineData("POST", "/index", 200, "")]
    [InlineData("MULTI", "/index", 200, "")]
    [InlineData("GET", "/manager?ajax=getProjectId&project=etl", 200, "\"projectId\"")]
    [InlineData("POST", "/manager?ajax=getProjectId&project=etl", 200, "\"projectId\"")]
    [InlineData("MULTI", "/manager?ajax=getProjectId&project=etl", 200, "")]
    [InlineData("GET", "/manager?ajax=other&project=etl", 200, "\"error\" : \"Cannot execute command other\"")]
    [InlineData("GET", "/manager?ajax=getProjectId", 200, "No project set.")]
    [InlineData("POST", "/manager?ajax=getProjectId", 500, "Missing required parameter 'project'.")]
    [InlineData("GET", "/manager?action=create&name=x&description=y", 200, "No project set.")]
    [InlineData("POST", "/manager?action=create", 200, "Project name cannot be empty.")]
    [InlineData("POST", "/manager?action=other", 200, "")]
    [InlineData("POST", "/manager?project=etl&delete=true", 200, "")]
    [InlineData("POST", "/manager?project=etl&download=true", 200, "")]
    [InlineData("POST", "/manager?project=etl", 200, "")]
    [InlineData("POST", "/manager", 200, "")]
    [InlineData("GET", "/executor", 200, "executingJobs")]
    [InlineData("POST", "/executor", 200, "")]
    [InlineData("GET", "/executor?ajax=getRunning&project=etl&flow=daily", 200, "{\n}")]
    [InlineData("POST", "/executor?ajax=getRunning&project=etl&flow=daily", 200, "{\n}")]
    [InlineData("MULTI", "/executor?ajax=getRunning&project=etl&flow=daily", 200, "")]
    [InlineData("GET", "/executor?ajax=other&project=etl", 200, "{\n  \"project\" : \"etl\"\n}")]
    [InlineData("GET", "/executor?ajax=other", 500, "Missing required parameter 'project'.")]
    [InlineData("GET", "/executor?ajax=other&execid=1", 200, "Cannot find execution '1'")]
    [InlineData("GET", "/executor?ajax=fetchexecflow&execid=one", 500, "For input string: &quot;one&quot;")]
    [InlineData("GET", "/schedule?ajax=other", 200, "{\n}")]
    [InlineData("POST", "/schedule", 200, "")]
    [InlineData("POST", "/schedule?action=other", 200, "{\n}")]
    [InlineData("MULTI", "/schedule?ajax=other", 200, "")]
    [InlineData("GET", "/history?ajax=fetch", 200, "{\n}")]
    [InlineData("POST", "/history", 200, "")]
    [InlineData("GET", "/flowtrigger?ajax=fetchTrigger", 200, "{\n}")]
    [InlineData("GET", "/status", 200, "\"isDatabaseUp\" : true")]
    [InlineData("POST", "/status", 405, "")]
    [InlineData("PUT", "/manager", 405, "")]
    [InlineData("DELETE", "/", 405, "")]
    public async Task A_method_means_this(string method, string address, int status, string content)
    {
        var answer = await SendAsync(await Api.AsAsync("root"), method, address);

        Assert.Equal(status, answer.Status);
        if (content.Length == 0 && status == 200) Assert.Equal("", answer.Body);
        else Assert.Contains(content, answer.Body);
        if (status == 302) Assert.Equal($"{Api.Address}index", answer.Header("Location"));
        Assert.NotNull(await Api.Projects.FindAsync("etl", default));
    }

    private async Task<Answer> SendAsync(Client client, string method, string address)
    {
        if (method == "GET") return await client.GetAsync(address);
        if (method == "POST") return await client.PostAsync(address);
        if (method == "MULTI")
        {
            using var form = new MultipartFormDataContent { { new StringContent("x"), "y" } };
            return await client.PostAsync(address, form);
        }

        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        return await Api.SendAsync(request);
    }
}
