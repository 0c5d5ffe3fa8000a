using System.Text;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Rest;

/// <summary>The endpoints for administrators: who gets in, and what they answer.</summary>
public sealed class AdminTests : ApiTest
{
    private const string Sources = "/api/v1/data-sources";
    private const string Source = """{ "name": "sales", "kind": "mysql", "options": { "host": "db", "user": "etl" }, "password": "correct horse" }""";

    [Theory]
    [InlineData("GET", "/api/v1/secrets")]
    [InlineData("PUT", "/api/v1/secrets/key")]
    [InlineData("DELETE", "/api/v1/secrets/key")]
    [InlineData("PUT", "/api/v1/secrets/key/grants/etl")]
    [InlineData("DELETE", "/api/v1/secrets/key/grants/etl")]
    [InlineData("GET", Sources)]
    [InlineData("POST", Sources)]
    [InlineData("GET", Sources + "/sales")]
    [InlineData("PUT", Sources + "/sales")]
    [InlineData("DELETE", Sources + "/sales")]
    [InlineData("PUT", Sources + "/sales/password")]
    [InlineData("PUT", Sources + "/sales/grants/etl")]
    [InlineData("DELETE", Sources + "/sales/grants/etl")]
    [InlineData("POST", Sources + "/sales/test")]
    public async Task Only_administrators_get_in(string method, string address)
    {
        Assert.Equal((401, "login.missing"), Refusal(await SendAsync(null, method, address, "not even JSON")));
        Assert.Equal((401, "login.missing"), Refusal(await SendAsync("session-0", method, address)));
        Assert.Equal((403, "permission.missing"), Refusal(await SendAsync("azkaban", method, address)));
        Assert.Empty(Api.Secrets.Orders);
    }

    [Fact]
    public async Task A_change_that_another_site_makes_with_the_cookie_is_refused()
    {
        var root = await Api.AsAsync("root");

        var forged = await root.PostAsync(Sources, Json(Source), ("Sec-Fetch-Site", "cross-site"));
        var own = await root.PostAsync(Sources, Json(Source), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal((403, "request.forged"), Refusal(forged));
        Assert.Equal(201, own.Status);
    }

    [Fact]
    public async Task A_secret_goes_in_and_never_comes_out()
    {
        Assert.Equal(204, (await SendAsync("root", "PUT", "/api/v1/secrets/key", """{ "value": "correct horse" }""")).Status);
        Assert.Equal(204, (await SendAsync("root", "PUT", "/api/v1/secrets/key/grants/etl")).Status);

        var list = await SendAsync("root", "GET", "/api/v1/secrets");

        Assert.Equal("key", list.Json.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.DoesNotContain("horse", list.Body, StringComparison.Ordinal);
        Assert.Equal(["root sets key", "root grants key to etl"], Api.Secrets.Orders);
        Assert.Equal("no-store", list.Header("Cache-Control"));
    }

    [Fact]
    public async Task Lists_come_in_parts()
    {
        foreach (var name in new[] { "a", "b", "c" }) await SendAsync("root", "PUT", $"/api/v1/secrets/{name}", """{ "value": "correct horse" }""");

        var first = (await SendAsync("root", "GET", "/api/v1/secrets?limit=2")).Json;
        var second = (await SendAsync("root", "GET", $"/api/v1/secrets?limit=2&after={first.GetProperty("next").GetString()}")).Json;

        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        Assert.Equal("c", second.GetProperty("items")[0].GetProperty("name").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task A_data_source_is_made_changed_tested_and_deleted()
    {
        var made = await SendAsync("root", "POST", Sources, Source);
        Assert.Equal((201, "/api/v1/data-sources/sales"), (made.Status, made.Header("Location")));
        Assert.True((await SendAsync("root", "POST", Sources + "/sales/test")).Json.GetProperty("isOpen").GetBoolean());

        Assert.Equal(204, (await SendAsync("root", "PUT", Sources + "/sales", """{ "options": { "host": "db2", "user": "etl" } }""")).Status);
        Assert.Equal(204, (await SendAsync("root", "PUT", Sources + "/sales/password", """{ "password": null }""")).Status);
        Assert.Equal(204, (await SendAsync("root", "PUT", Sources + "/sales/grants/etl")).Status);

        var shown = await SendAsync("root", "GET", Sources + "/sales");
        Assert.Equal("db2", shown.Json.GetProperty("options").GetProperty("host").GetString());
        Assert.False(shown.Json.GetProperty("hasPassword").GetBoolean());
        Assert.Equal("etl", shown.Json.GetProperty("projects")[0].GetString());
        Assert.Equal("Access denied.", (await SendAsync("root", "POST", Sources + "/sales/test")).Json.GetProperty("problem").GetString());
        Assert.Equal(204, (await SendAsync("root", "DELETE", Sources + "/sales")).Status);
        Assert.Equal((404, "datasource.unknown"), Refusal(await SendAsync("root", "GET", Sources + "/sales")));
    }

    [Fact]
    public async Task Problems_have_a_code_and_every_reason_with_its_place()
    {
        var wrong = await SendAsync("root", "POST", Sources, """{ "name": "x", "kind": "mysql", "options": { "hst": "db" } }""");

        Assert.Equal((400, "datasource.unknown-option"), Refusal(wrong));
        Assert.Equal("application/problem+json", wrong.ContentType);
        var places = wrong.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("place").GetString());
        Assert.Equal(["options/hst", "options/host", "options/user"], places);
        await SendAsync("root", "POST", Sources, Source);
        Assert.Equal((409, "datasource.exists"), Refusal(await SendAsync("root", "POST", Sources, Source)));
        Assert.Equal((404, "secret.unknown"), Refusal(await SendAsync("root", "DELETE", "/api/v1/secrets/nothing")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "value": null }""")]
    [InlineData("""{ "value": "correct horse", "valeu": 1 }""")]
    public async Task A_body_that_is_not_understood_is_refused(string body) =>
        Assert.Equal((400, "request.malformed"), Refusal(await SendAsync("root", "PUT", "/api/v1/secrets/key", body)));

    [Fact]
    public async Task A_form_is_no_JSON() =>
        Assert.Equal((415, "request.malformed"), Refusal(await (await Api.AsAsync("root")).PostAsync(Sources, "name=x")));

    [Fact]
    public async Task A_store_that_is_away_is_told_of()
    {
        var session = (await Api.AsAsync("root")).Session;
        Api.Store.IsOff = true;

        var answer = await SendAsync(session, "GET", "/api/v1/secrets");

        Assert.Equal((503, "storage.unavailable"), Refusal(answer));
        Assert.Equal("5", answer.Header("Retry-After"));
    }

    private async Task<Answer> SendAsync(string? who, string method, string address, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        if (json is not null) request.Content = Json(json);
        if (who is not null)
            request.Headers.Authorization = new("Bearer", who.StartsWith("session-", StringComparison.Ordinal) ? who : (await Api.AsAsync(who)).Session);
        return await Api.SendAsync(request);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static (int Status, string? Code) Refusal(Answer answer) =>
        (answer.Status, answer.Json.GetProperty("code").GetString());
}
