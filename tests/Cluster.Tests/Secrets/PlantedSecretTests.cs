using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Scheduler.Cluster.Tests.Cli;
using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Secrets;

/// <summary>Secrets planted in a server as its users run it, and looked for wherever somebody could read them.</summary>
public sealed class PlantedSecretTests : IDisposable
{
    private const string Secret = "h&nter 22/µ+Zebra";
    private const string Password = "b;ttery=staple}9";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_job_uses_a_secret_and_nobody_else_gets_to_see_it()
    {
        await using var server = await SchedulerServer.StartAsync();
        using var client = await server.LoginAsync();
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Session);
        await client.CreateProjectAsync("planted");
        await client.UploadAsync("planted", Zip.Of(
            ("show.sh", Show),
            ("a.project", "azkaban-flow-version: 2.0\n"),
            ("flow.flow", """
                nodes:
                  - name: show
                    type: command
                    config: { command: sh show.sh, env.PASSWORD: "${${word}}", word: reference, reference: "${secret:zebra}", job.dump.properties: true }
                  - name: next
                    type: command
                    dependsOn: [show]
                    config: { command: "echo got ${given}" }
                """)));

        // Not granted yet, then not there at all.
        Assert.Equal(HttpStatusCode.NoContent, (await http.PutAsJsonAsync("/api/v1/secrets/zebra", new { value = Secret })).StatusCode);
        Assert.Contains("may not use the secret 'zebra'", await RunAndReadAsync(client, "FAILED", "show"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PutAsync("/api/v1/secrets/zebra/grants/planted", null)).StatusCode);

        var execution = await client.ExecuteAsync("planted", "flow");
        var started = Path.Combine(server.Data, "started");
        await Eventually.TrueAsync(() => File.Exists(started), Patience);
        AssertNothingIn("the process list", await CommandLinesAsync());
        AssertNothingIn("the data folder while it runs", await FilesAsync(server.Data));
        await File.WriteAllTextAsync(Path.Combine(server.Data, "go"), "");
        var ended = await client.WaitAsync(execution, Patience);
        var log = await client.ReadLogAsync(execution, "show");
        var next = await client.ReadLogAsync(execution, "next");

        Assert.Equal("SUCCEEDED", (string)ended["status"]!);
        Assert.Equal(
            ["plain ***", "pieces ***", "url ***", "form ***", "basic dXNlcjp***", "error ***", "length 18"],
            log.Split('\n').Select(line => line.Split("INFO - ", 2)[^1]).Where(line => Shown.Any(word => line.StartsWith(word, StringComparison.Ordinal)))
                .Select(line => line.StartsWith("basic", StringComparison.Ordinal) ? line[..line.IndexOf("***", StringComparison.Ordinal)] + "***" : line));
        Assert.Contains("got ***", next, StringComparison.Ordinal);
        Assert.Contains("env.PASSWORD=${secret:zebra}", log, StringComparison.Ordinal);

        // A data source, by the command line, with its password from standard input.
        string[] create = ["datasource", "create", "farm", "mysql", "host=127.0.0.1", "port=1", "user=etl", "--password-stdin", "--data", server.Data];
        Assert.Equal(0, (await folder.PipeAsync(Password + "\n", create)).Code);
        var test = await folder.RunAsync("datasource", "test", "farm", "--data", server.Data);
        Assert.Equal(1, test.Code);
        Assert.Equal(0, (await folder.RunAsync("datasource", "grant", "farm", "planted", "--data", server.Data)).Code);
        var shown = await folder.RunAsync("datasource", "show", "farm", "--data", server.Data);
        Assert.Contains("password: set", shown.Output, StringComparison.Ordinal);
        Assert.Contains("projects: planted", shown.Output, StringComparison.Ordinal);
        var tested = await http.PostAsync("/api/v1/data-sources/farm/test", null);

        AssertNothingIn("logs", Bytes(log + next));
        AssertNothingIn("what the command line says", Bytes(test.Errors + shown.Output));
        AssertNothingIn("what the server says", Bytes(server.Output));
        AssertNothingIn("the state of the execution", Bytes((await client.FetchAsync(execution)).ToJsonString()));
        foreach (var address in new[] { "/api/v1/secrets", "/api/v1/data-sources", "/api/v1/data-sources/farm" })
            AssertNothingIn(address, Bytes(await http.GetStringAsync(address)));
        AssertNothingIn("the test", Bytes(await tested.Content.ReadAsStringAsync()));
        await server.StopAsync();
        AssertNothingIn("the data folder", await FilesAsync(server.Data));
    }

    private const string Show = """
        echo "plain $PASSWORD"
        printf 'pieces h&nt'; sleep 0.2; printf 'er 22/\302'; sleep 0.2; printf '\265+Zebra\n'
        echo "url $(printf %s "$PASSWORD" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g')"
        echo "form $(printf %s "$PASSWORD" | sed 's/+/%2b/g; s/ /+/g; s/&/%26/g; s#/#%2f#g')"
        echo "basic $(printf 'user:%s' "$PASSWORD" | base64 | tr -d '\n')"
        echo "error $PASSWORD" >&2
        echo "length $(printf %s "$PASSWORD" | wc -c)"
        data="$(pwd)"; while [ ! -e "$data/scheduler.db" ] && [ "$data" != / ]; do data="$(dirname "$data")"; done
        touch "$data/started"
        until [ -e "$data/go" ]; do sleep 0.05; done
        printf '{"given": "%s"}' "$PASSWORD" > "$JOB_OUTPUT_PROP_FILE"
        """;

    private static readonly string[] Shown = ["plain", "pieces", "url", "form", "basic", "error", "length"];

    private static async Task<string> RunAndReadAsync(AzkabanClient client, string status, string node)
    {
        var execution = await client.ExecuteAsync("planted", "flow");
        Assert.Equal(status, (string)(await client.WaitAsync(execution, Patience))["status"]!);
        return await client.ReadLogAsync(execution, node);
    }

    /// <summary>Of all processes of the machine.</summary>
    private static async Task<byte[]> CommandLinesAsync()
    {
        var all = new MemoryStream();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
            await AddAsync(all, Path.Combine(process, "cmdline"));
        return all.ToArray();
    }

    private static async Task<byte[]> FilesAsync(string root)
    {
        var all = new MemoryStream();
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)) await AddAsync(all, file);
        return all.ToArray();
    }

    private static async Task AddAsync(MemoryStream all, string file)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await stream.CopyToAsync(all);
        }
        catch (IOException)
        {
            // Gone in between.
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static void AssertNothingIn(string where, byte[] bytes)
    {
        foreach (var secret in new[] { Secret, Password })
            foreach (var form in FormsOf(secret))
                Assert.True(bytes.AsSpan().IndexOf(Bytes(form)) < 0, $"In {where} stands {form}");
    }

    private static IEnumerable<string> FormsOf(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return WebUtility.UrlEncode(secret);
        yield return WebUtility.UrlEncode(secret).Replace("%2F", "%2f", StringComparison.Ordinal);
        yield return string.Concat(Bytes(secret).Select(value => $"%{value:x2}"));
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. Bytes(secret)]);
            yield return encoded[((before * 8 + 5) / 6)..((before + Bytes(secret).Length) * 8 / 6)];
        }
    }
}
