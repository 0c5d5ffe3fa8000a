using System.Globalization;
using System.Net;
using System.Text.Json;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.ProcessJobs;

namespace Scheduler.Plugins.Http;

/// <summary>
/// Sends one request and judges its answer; or sends it again and again, without a slot in between, until the answer says what is waited for.
/// </summary>
/// <remarks>
/// The same idempotency key goes with every attempt, so a server that honours it does the work once. Redirects are followed on the
/// same host; to another one only when the request carries nothing of its author but the URL.
/// </remarks>
[NodeType("http", Title = "HTTP request", TitleZh = "HTTP 请求", Settings = typeof(HttpSettings),
    Description = "Calls a URL, checks the status, and hands on values of the answer.", DescriptionZh = "调用一个网址,检查状态码,并传递应答中的值。")]
public sealed class HttpPlugin(HttpOptions options) : NodePlugin<HttpSettings>
{
    private const int MaxRedirects = 5;

    private static readonly HttpClient s_client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    protected override async Task<NodeResult> RunAsync(HttpSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        var (call, failure) = await HttpCall.PrepareAsync(settings, context, options, cancellationToken);
        if (call is null) return failure!;

        await context.Log.WriteLineAsync(LogLevel.Info, $"{settings.Method} {settings.Url}", cancellationToken);
        var (answer, refusal) = await SendAsync(call, settings, context, cancellationToken);
        return answer is null ? refusal! : await JudgeAsync(settings, context, call.Secrets, answer, cancellationToken);
    }

    private async Task<(HttpAnswer? Answer, NodeResult.Failed? Failure)> SendAsync(
        HttpCall call, HttpSettings settings, NodeContext context, CancellationToken cancellationToken)
    {
        var timeout = settings.Timeout < options.MaxTimeout ? settings.Timeout : options.MaxTimeout;
        using var late = new CancellationTokenSource(timeout, context.Clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await FollowAsync(call, settings, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new("http.timeout", string.Create(CultureInfo.InvariantCulture, $"There was no answer within {timeout.TotalSeconds} s")));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return (null, new("http.connection", call.Secrets.Hide($"The request failed: {e.Message}")));
        }
    }

    private async Task<(HttpAnswer? Answer, NodeResult.Failed? Failure)> FollowAsync(
        HttpCall call, HttpSettings settings, CancellationToken cancellationToken)
    {
        for (var hops = 0; ; hops++)
        {
            using var message = call.ToMessage();
            using var response = await s_client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var status = (int)response.StatusCode;
            var isRedirect = status is 301 or 302 or 303 or 307 or 308 && !ExpectedStatus.Has(settings.ExpectedStatus, status);
            if (!isRedirect || response.Headers.Location is not { } target)
                return (await HttpAnswer.ReadAsync(response, options.MaxAnswer, cancellationToken), null);

            var where = call.Secrets.Hide(target.ToString());
            if (hops == MaxRedirects) return (null, new("http.redirect", $"More than {MaxRedirects} redirects, the last to {where}", CanRetry: false));
            if (call.Redirected(status, target) is not { } next)
                return (null, new("http.redirect", $"The redirect to {where} is not followed: the request was meant for {call.Url.Host} alone", CanRetry: false));
            call = next;
        }
    }

    private async Task<NodeResult> JudgeAsync(
        HttpSettings settings, NodeContext context, SecretsOfCall secrets, HttpAnswer answer, CancellationToken cancellationToken)
    {
        var text = secrets.Hide(answer.Text);
        var shown = text.Length <= options.MaxShown ? text : text[..options.MaxShown];
        var note = answer.IsWhole && shown.Length == text.Length ? "" : " …";
        await context.Log.WriteLineAsync(LogLevel.Info, $"Status {answer.Status}{(shown.Length > 0 ? $": {shown}" : "")}{note}", cancellationToken);

        if (!ExpectedStatus.Has(settings.ExpectedStatus, answer.Status))
            return new NodeResult.Failed("http.status", $"The server answered {answer.Status}, and {string.Join(", ", settings.ExpectedStatus)} is expected",
                ExpectedStatus.MayPass(answer.Status));

        var outputs = new Dictionary<string, string>
        {
            ["status"] = answer.Status.ToString(CultureInfo.InvariantCulture),
            ["body"] = shown,
        };
        if (settings.Output.Count == 0 && settings.WaitUntil is null) return new NodeResult.Succeeded(outputs);

        using var json = answer.ToJson();
        if (json is null) return new NodeResult.Failed("http.no-json", $"The answer is not JSON, or longer than {options.MaxAnswer} bytes");

        return IsOver(settings, json.RootElement, secrets) ?? Read(settings, json.RootElement, secrets, outputs);
    }

    /// <returns>Null when there is nothing to wait for any more.</returns>
    private static NodeResult? IsOver(HttpSettings settings, JsonElement json, SecretsOfCall secrets)
    {
        if (settings.WaitUntil is not { } pointer) return null;

        var value = JsonPointer.Read(json, pointer);
        if (value is not null && settings.WaitValue.Contains(value)) return null;

        var state = $"{pointer} is {secrets.Hide(value is null ? "not there" : $"'{Short(value)}'")}";
        return value is not null && settings.WaitFailed.Contains(value)
            ? new NodeResult.Failed("http.wait-failed", state)
            : new NodeResult.Waiting($"{state}, waiting for {string.Join(" or ", settings.WaitValue)}", settings.WaitInterval);
    }

    private static NodeResult Read(HttpSettings settings, JsonElement json, SecretsOfCall secrets, Dictionary<string, string> outputs)
    {
        foreach (var (name, pointer) in settings.Output)
        {
            if (OutputProperties.IsReserved(name)) return new NodeResult.Failed("http.output", $"output.{name}: the name is reserved", CanRetry: false);
            if (JsonPointer.Read(json, pointer) is not { } value)
                return new NodeResult.Failed("http.output", $"output.{name}: the answer has nothing at {pointer}");

            outputs[name] = secrets.Hide(value);
        }

        return new NodeResult.Succeeded(outputs);
    }

    private static string Short(string value) => value.Length <= 100 ? value : $"{value[..100]}…";
}
