using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Azkaban.Login;

public sealed class CrossSiteTests : ApiTest
{
    private const string AddPermission =
        "/manager?ajax=addProxyUser&project=etl&name=hdfs";

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_change_that_another_site_makes_with_the_cookie_is_refused(string header, string value)
    {
        var client = await Api.AsAsync("azkaban");
        var answer = await client.GetAsync(AddPermission, (header, value));

        Assert.Equal("CSRF validation failed.", answer.Error);
        Assert.DoesNotContain("hdfs", (await Api.Projects.FindAsync("etl", default))!.ProxyUsers);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("X-Other", "a program says nothing")]
    public async Task A_change_from_this_site_or_from_a_program_passes(string header, string value)
    {
        var answer = await (await Api.AsAsync("azkaban")).GetAsync(AddPermission, (header, value));

        Assert.Null(answer.Json.TryGetProperty("error", out var error) ? error.GetString() : null);
    }

    [Fact]
    public async Task The_own_origin_passes()
    {
        var answer = await (await Api.AsAsync("azkaban")).PostAsync(AddPermission, "", ("Origin", Api.Address.ToString().TrimEnd('/')));

        Assert.False(answer.Json.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task A_session_parameter_proves_that_no_other_site_is_behind_the_call()
    {
        var client = await Api.AsAsync("azkaban");
        var answer = await client.PostAsync(AddPermission, $"session.id={client.Session}", ("Origin", "https://evil.example"));

        Assert.False(answer.Json.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Reading_is_not_restricted()
    {
        var answer = await (await Api.AsAsync("azkaban")).GetAsync("/manager?ajax=getProxyUsers&project=etl", ("Sec-Fetch-Site", "cross-site"));

        Assert.False(answer.Json.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task Deleting_creating_running_and_uploading_are_covered_too()
    {
        var client = await Api.AsAsync("azkaban");
        (string, string) evil = ("Sec-Fetch-Site", "cross-site");

        Assert.Contains("CSRF", (await client.GetAsync("/manager?project=etl&delete=true", evil)).Header("Set-Cookie"));
        Assert.Contains("CSRF", (await client.PostAsync("/manager", "action=create&name=x&description=y", evil)).Body);
        Assert.Equal("CSRF validation failed.", (await client.GetAsync("/executor?ajax=executeFlow&project=etl&flow=daily", evil)).Error);
        using var upload = Packages.Upload("etl");
        var refused = await client.PostAsync("/manager", upload, evil);
        Assert.Equal((403, "CSRF validation failed."), (refused.Status, refused.Error));
        Assert.NotNull(await Api.Projects.FindAsync("etl", default));
        Assert.Empty(Api.Executions.Requests);
    }
}
