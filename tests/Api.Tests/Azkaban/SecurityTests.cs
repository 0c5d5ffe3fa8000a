using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban;

public sealed class SecurityTests : ApiTest
{
    [Theory]
    [InlineData("/index")]
    [InlineData("/executor")]
    [InlineData("/manager?project=etl")]
    [InlineData("/manager?ajax=fetchflowjobs&project=etl&flow=none")]
    public async Task Pages_tell_browsers_what_they_must_not_do(string address)
    {
        foreach (var answer in new[] { await (await Api.AsAsync("root")).GetAsync(address), await Api.GetAsync("/") })
        {
            Assert.Equal(("nosniff", "DENY", "no-referrer"),
                (answer.Header("X-Content-Type-Options"), answer.Header("X-Frame-Options"), answer.Header("Referrer-Policy")));
            Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
            Assert.DoesNotContain("unsafe", answer.Header("Content-Security-Policy"));
        }
    }

    [Fact]
    public async Task Data_is_not_sniffed_and_not_kept()
    {
        var answer = await (await Api.AsAsync("root")).GetAsync("/index?ajax=fetchallprojects");

        Assert.Equal(("nosniff", "no-store", ""), (answer.Header("X-Content-Type-Options"), answer.Header("Cache-Control"), answer.Header("Server")));
    }

    [Theory]
    [InlineData("/manager?ajax=getProjectId&project=etl", "")]
    [InlineData("/executor?ajax=executeFlow&project=etl&flow=daily", "")]
    [InlineData("/executor?ajax=cancelFlow&execid=1", "")]
    [InlineData("/", "action=login&username=root&password=secret")]
    public async Task While_the_store_is_away_the_answer_is_503(string address, string form)
    {
        var client = await Api.AsAsync("root");
        Api.Store.IsOff = true;
        var answer = await client.PostAsync(address, form);

        Assert.Equal((503, "5", "The store cannot be reached. Please try again."), (answer.Status, answer.Header("Retry-After"), answer.Error));
    }

    [Fact]
    public async Task A_query_of_a_megabyte_is_read()
    {
        var client = await Api.AsAsync("azkaban");
        var value = new string('v', 1 << 20);
        await client.PostAsync($"/executor?ajax=executeFlow&project=etl&flow=daily&flowOverride[k]={value}");

        Assert.Equal(value, Api.Executions.Requests[0].Options.Parameters["k"]);
    }

    [Fact]
    public async Task A_form_of_nine_megabytes_is_read_and_one_of_eleven_refused()
    {
        var client = await Api.AsAsync("azkaban");
        const string Address = "/manager?ajax=getProjectId&project=etl";

        Assert.Equal(200, (await client.PostAsync(Address, "x=" + new string('v', 9 << 20))).Status);
        Assert.StartsWith("HTTP/1.1 413", await Api.SendRawAsync(
            $"POST {Address} HTTP/1.1\nHost: h\nConnection: close\nContent-Length: {11 << 20}\n\nx="));
    }

    [Fact]
    public async Task Hostile_values_are_only_values()
    {
        var client = await Api.AsAsync("root");
        foreach (var value in new[] { "' OR 1=1 --", "../../etc/passwd", "%2e%2e%2f", "<script>", "\u202e", new string('a', 10_000), "𝕏" })
        {
            var answer = await client.GetAsync($"/manager?ajax=fetchflowgraph&project=etl&flow={Uri.EscapeDataString(value)}");
            Assert.Equal(($"Flow {value} not found in project etl", 200), (answer.Error, answer.Status));
        }

        Assert.Equal(400, (await client.GetAsync("/manager?ajax=fetchflowgraph&project=etl&flow=a%00b")).Status);
    }

    [Fact]
    public async Task A_defect_is_not_shown_to_the_client()
    {
        var client = await Api.AsAsync("root");
        Api.Store.Defect = new InvalidOperationException("Password=hunter2");
        var answer = await client.GetAsync("/executor?ajax=executeFlow&project=etl&flow=daily");

        Assert.Equal(500, answer.Status);
        Assert.Contains("Internal error.", answer.Body);
        Assert.DoesNotContain("hunter2", answer.Body);
    }
}
