using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Scheduler.Cluster.Tests.Silos;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Nodes;

/// <summary>Plugins that come to a cluster which runs.</summary>
public sealed class PluginReloadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_plugin_is_added_to_all_silos_without_a_restart_and_runs_on_each()
    {
        await using var cluster = await SiloCluster.StartAsync(2, ("Engine__Slots", "1"));
        using var client = await cluster.Silos[0].LoginAsync();
        using var http = new HttpClient { BaseAddress = cluster.Silos[0].Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Session);
        await client.CreateProjectAsync("waits");
        await client.UploadAsync("waits", Zip.Of(("a.job", "type=sample.wait\n"), ("b.job", "type=sample.wait\n"), ("both.job", "type=noop\ndependencies=a,b\n")));
        Assert.Equal("FAILED", (string)(await client.WaitAsync(await client.ExecuteAsync("waits", "both"), Patience))["status"]!);

        foreach (var silo in cluster.Silos) SamplePlugin.Install(silo.Data, "in-process");
        var reply = await http.PostAsync("/api/v1/plugins/reload", null);
        var silos = JsonNode.Parse(await reply.Content.ReadAsStringAsync())!.AsArray();

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(2, silos.Count);
        Assert.All(silos, silo => Assert.Equal("samples", (string)Assert.Single(silo!["plugins"]!.AsArray())!["name"]!));

        // One slot each, so the two need both silos.
        var execution = await client.ExecuteAsync("waits", "both");
        await Eventually.TrueAsync(async () => await SiloCluster.CountAsync(client, execution, "RUNNING") == 2, Patience);
        await client.CancelAsync(execution);
        Assert.Equal("KILLED", (string)(await client.WaitAsync(execution, Patience))["status"]!);
    }
}
