using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Http;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Http;

public sealed class HttpPluginTests : IAsyncLifetime
{
    private WebApplication _server = null!;
    private WebApplication _other = null!;
    private readonly List<string> _seen = [];
    private int _checks;

    private string Url => _server.Urls.First();

    public async Task InitializeAsync()
    {
        _server = Build();
        _other = Build();
        _server.MapGet("/json", () => Results.Json(new { state = "done", data = new[] { new { id = 7, name = "七" } } }));
        _server.MapGet("/status/{code:int}", (int code) => Results.StatusCode(code));
        _server.MapGet("/large", () => Results.Text(new string('x', 100_000)));
        _server.MapGet("/never", (CancellationToken stop) => Task.Delay(Timeout.Infinite, stop));
        _server.MapGet("/job", () => Results.Json(new { state = ++_checks < 3 ? "running" : "done" }));
        _server.MapGet("/here", () => Results.Redirect("/json"));
        _server.MapGet("/there", () => Results.Redirect($"{_other.Urls.First()}/echo"));
        _server.MapGet("/round", () => Results.Redirect("/round"));
        foreach (var server in new[] { _server, _other })
            server.MapFallback(async request =>
            {
                using var reader = new StreamReader(request.Request.Body);
                var body = await reader.ReadToEndAsync();
                lock (_seen)
                    _seen.Add($"{request.Request.Method} {request.Request.Path} key={request.Request.Headers["Idempotency-Key"]} "
                        + $"auth={request.Request.Headers.Authorization} type={request.Request.ContentType} body={body}");
                await request.Response.WriteAsync($"got {request.Request.Headers.Authorization} {body}");
            });
        await _server.StartAsync();
        await _other.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_becomes_outputs()
    {
        using var context = new TestContext(("url", $"{Url}/json"), ("output.id", "/data/0/id"), ("output.name", "/data/0/name"));

        var outputs = Assert.IsType<NodeResult.Succeeded>(await RunAsync(context)).Outputs;

        Assert.Equal(("200", "7", "七"), (outputs["status"], outputs["id"], outputs["name"]));
        Assert.StartsWith("{\"state\":\"done\"", outputs["body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_carries_headers_a_body_and_the_idempotency_key()
    {
        using var context = new TestContext(
            ("url", $"{Url}/echo"), ("method", "POST"), ("header.authorization", "Bearer ${secret:token}"), ("body", "{\"t\":\"${secret:token}\"}"));
        context.Secrets["token"] = "s3cret/+";

        var outputs = Assert.IsType<NodeResult.Succeeded>(await RunAsync(context)).Outputs;

        Assert.Equal(
            [$"POST /echo key={context.IdempotencyKey} auth=Bearer s3cret/+ type=application/json; charset=utf-8 body={{\"t\":\"s3cret/+\"}}"], _seen);
        Assert.Equal("got Bearer [MASKED] {\"t\":\"[MASKED]\"}", outputs["body"]);
        Assert.DoesNotContain(context.Recorded.Lines, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_can_be_a_file_of_the_package()
    {
        using var context = new TestContext(
            ("url", $"{Url}/echo"), ("method", "PUT"), ("body.file", "data/a.csv"), ("header.content-type", "text/csv"), ("idempotency.header", ""));
        context.Folder.Write("data/a.csv", "a,b");

        Assert.IsType<NodeResult.Succeeded>(await RunAsync(context));

        Assert.Equal(["PUT /echo key= auth= type=text/csv body=a,b"], _seen);
    }

    [Theory]
    [InlineData(500, "2xx", true)]
    [InlineData(429, "2xx", true)]
    [InlineData(404, "2xx", false)]
    [InlineData(200, "201, 3xx", false)]
    [InlineData(404, "2xx, 404", null)]
    [InlineData(302, "302", null)]
    public async Task A_status_that_is_not_expected_fails(int status, string expected, bool? canRetry)
    {
        using var context = new TestContext(("url", $"{Url}/status/{status}"), ("expected.status", expected));

        var result = await RunAsync(context);

        if (canRetry is null) Assert.IsType<NodeResult.Succeeded>(result);
        else Assert.Equal(("http.status", canRetry), Assert.IsType<NodeResult.Failed>(result) is var failed ? (failed.Code, failed.CanRetry) : default);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_the_timeout()
    {
        using var context = new TestContext(("url", $"{Url}/never"), ("timeout", "1s"));

        var failure = Assert.IsType<NodeResult.Failed>(await RunAsync(context));

        Assert.Equal(("http.timeout", true), (failure.Code, failure.CanRetry));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure_that_may_pass()
    {
        using var context = new TestContext(("url", "http://127.0.0.1:1/"));

        var failure = Assert.IsType<NodeResult.Failed>(await RunAsync(context));

        Assert.Equal(("http.connection", true), (failure.Code, failure.CanRetry));
    }

    [Fact]
    public async Task Cancelling_ends_the_request()
    {
        using var context = new TestContext(("url", $"{Url}/never"));
        using var stop = new CancellationTokenSource();
        var run = new HttpPlugin(new HttpOptions()).RunAsync(context, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task A_long_answer_is_cut_in_log_and_outputs()
    {
        using var context = new TestContext(("url", $"{Url}/large"));

        var outputs = Assert.IsType<NodeResult.Succeeded>(await RunAsync(context)).Outputs;

        Assert.Equal(4096, outputs["body"].Length);
        Assert.Contains(context.Recorded.Lines, line => line.EndsWith("xx …", StringComparison.Ordinal) && line.Length < 5000);
    }

    [Fact]
    public async Task A_check_waits_without_a_slot_until_the_value_is_there()
    {
        using var context = new TestContext(("url", $"{Url}/job"), ("wait.until", "/state"), ("wait.value", "done"), ("wait.interval", "5s"));

        var first = Assert.IsType<NodeResult.Waiting>(await RunAsync(context));
        Assert.Equal(("/state is 'running', waiting for done", TimeSpan.FromSeconds(5)), (first.Reason, first.CheckAfter));
        Assert.IsType<NodeResult.Waiting>(await RunAsync(context));
        Assert.IsType<NodeResult.Succeeded>(await RunAsync(context));
    }

    [Fact]
    public async Task A_check_fails_at_once_at_a_value_that_says_so()
    {
        using var context = new TestContext(("url", $"{Url}/job"), ("wait.until", "/state"), ("wait.value", "done"), ("wait.failed", "error, running"));

        Assert.Equal("http.wait-failed", Assert.IsType<NodeResult.Failed>(await RunAsync(context)).Code);
    }

    [Fact]
    public async Task A_redirect_on_the_same_host_is_followed()
    {
        using var context = new TestContext(("url", $"{Url}/here"), ("header.authorization", "Bearer x"), ("output.state", "/state"));

        Assert.Equal("done", Assert.IsType<NodeResult.Succeeded>(await RunAsync(context)).Outputs["state"]);
    }

    [Fact]
    public async Task A_redirect_to_another_host_gets_nothing_of_the_author()
    {
        using var personal = new TestContext(("url", $"{Url}/there"), ("header.authorization", "Bearer x"));
        Assert.Equal("http.redirect", Assert.IsType<NodeResult.Failed>(await RunAsync(personal)).Code);
        Assert.Empty(_seen);

        using var plain = new TestContext(("url", $"{Url}/there"));
        Assert.IsType<NodeResult.Succeeded>(await RunAsync(plain));
        Assert.Equal(["GET /echo key= auth= type= body="], _seen);
    }

    [Theory]
    [InlineData("http.redirect", "url=/round")]
    [InlineData("http.url", "url=ftp://x/")]
    [InlineData("http.url", "url=http://user:password@x/")]
    [InlineData("http.expected-status", "url=/json", "expected.status=ok")]
    [InlineData("http.pointer", "url=/json", "output.x=data")]
    [InlineData("http.output", "url=/json", "output.x=/data/1")]
    [InlineData("http.output", "url=/json", "output.azkaban.x=/state")]
    [InlineData("http.header", "url=/json", "header.x=a\nb: c")]
    [InlineData("http.body", "url=/json", "body=a", "body.file=b")]
    [InlineData("http.no-json", "url=/large", "output.x=/a")]
    [InlineData("package-file.missing", "url=/json", "body.file=none")]
    [InlineData("package-file.outside", "url=/json", "body.file=../../../etc/passwd")]
    public async Task What_cannot_work_says_why(string code, params string[] settings)
    {
        using var context = new TestContext([.. settings.Select(setting => setting.Split('=', 2))
            .Select(pair => (pair[0], pair[0] == "url" && pair[1][0] == '/' ? Url + pair[1] : pair[1]))]);

        Assert.Equal(code, Assert.IsType<NodeResult.Failed>(await RunAsync(context)).Code);
    }

    private static Task<NodeResult> RunAsync(TestContext context) => new HttpPlugin(new HttpOptions()).RunAsync(context, CancellationToken.None);

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }
}
