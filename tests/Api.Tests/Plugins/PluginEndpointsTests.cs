using System.Text.Json.Nodes;
using Scheduler.Api.Tests.Host;

namespace Scheduler.Api.Tests.Plugins;

public sealed class PluginEndpointsTests : ApiTest
{
    [Fact]
    public async Task Everybody_who_is_logged_in_gets_the_node_types_with_their_schema()
    {
        var answer = await (await Api.AsAsync("nobody")).GetAsync("/api/v1/node-types");

        var type = Assert.Single(JsonNode.Parse(answer.Body)!.AsArray())!;
        Assert.Equal(("load", "加载", "samples"), ((string?)type["id"], (string?)type["titleZh"], (string?)type["plugin"]));
        Assert.Equal("string", (string?)type["schema"]!["properties"]!["table"]!["type"]);
    }

    [Theory]
    [InlineData("/api/v1/node-types")]
    [InlineData("/api/v1/plugins")]
    public async Task Nobody_else_does(string path)
    {
        var answer = await new Client(Api, "no-session").GetAsync(path);

        Assert.Equal(401, answer.Status);
        Assert.Contains("login.missing", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrators_see_and_reload_the_plugins_of_all_silos()
    {
        var root = await Api.AsAsync("root");

        var silos = JsonNode.Parse((await root.GetAsync("/api/v1/plugins")).Body)!;
        Assert.Equal(("samples", "It is gone"), ((string?)silos[0]!["plugins"]![0]!["name"], (string?)silos[1]!["fault"]));

        Assert.Equal(200, (await root.PostAsync("/api/v1/plugins/reload")).Status);
        Assert.Equal(1, Api.Plugins.Reloads);
    }

    [Fact]
    public async Task Others_and_other_web_sites_do_not()
    {
        var azkaban = await Api.AsAsync("azkaban");
        Assert.Equal(403, (await azkaban.GetAsync("/api/v1/plugins")).Status);
        Assert.Equal(403, (await azkaban.PostAsync("/api/v1/plugins/reload")).Status);

        var root = await Api.AsAsync("root");
        Assert.Equal(403, (await root.PostAsync("/api/v1/plugins/reload", "", ("Sec-Fetch-Site", "cross-site"))).Status);
        Assert.Equal(0, Api.Plugins.Reloads);
    }
}
