using System.Net.Http.Headers;
using System.Text;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.PackageFiles;

namespace Scheduler.Plugins.Http;

/// <summary>A request with its secrets in it: for memory alone.</summary>
internal sealed record HttpCall(HttpMethod Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body, SecretsOfCall Secrets)
{
    private const string ContentType = "Content-Type";

    /// <summary>A redirect to somebody else must not carry what was meant for this server alone.</summary>
    public bool IsPersonal { get; private init; }

    public static async Task<(HttpCall? Call, NodeResult.Failed? Failure)> PrepareAsync(
        HttpSettings settings, NodeContext context, HttpOptions options, CancellationToken cancellationToken)
    {
        if (Fault(settings) is { } fault) return (null, fault);

        var secrets = new SecretsOfCall(context);
        if (!Uri.TryCreate(secrets.Reveal(settings.Url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            return (null, Wrong("http.url", $"'{settings.Url}' is no URL of http or https without a user and password in it; write those into header.authorization"));

        List<KeyValuePair<string, string>> headers = [.. settings.Header.Select(header => KeyValuePair.Create(header.Key, secrets.Reveal(header.Value)))];
        if (settings.IdempotencyHeader.Length > 0 && !Has(headers, settings.IdempotencyHeader))
            headers.Add(new(settings.IdempotencyHeader, context.IdempotencyKey));

        byte[]? body = settings.Body is { } text ? Encoding.UTF8.GetBytes(secrets.Reveal(text)) : null;
        if (settings.BodyFile is { } path)
        {
            var (file, failure) = await PackageFile.ReadAsync(context, "body.file", path, options.MaxBody, cancellationToken);
            if (file is null) return (null, failure);
            body = file.Content;
        }

        if (body?.Length > options.MaxBody) return (null, Wrong("http.body", $"The body has {body.Length} bytes; at most {options.MaxBody} are allowed"));
        if (body is not null && !Has(headers, ContentType)) headers.Add(new(ContentType, "application/json; charset=utf-8"));

        var call = new HttpCall(HttpMethod.Parse(settings.Method), url, headers, body, secrets)
        {
            IsPersonal = settings.Header.Count > 0 || body is not null || secrets.Any || settings.Method is not ("GET" or "HEAD"),
        };
        using var trial = new HttpRequestMessage();
        var bad = headers.FirstOrDefault(header => !TryAdd(trial, header)).Key;
        return bad is null ? (call, null) : (null, Wrong("http.header", $"'{bad}' is no header, or its value holds a line break"));
    }

    /// <summary>A message can be sent once only.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Url);
        if (Body is not null) message.Content = new ByteArrayContent(Body);
        foreach (var header in Headers) TryAdd(message, header);
        return message;
    }

    /// <summary>Where a redirect leads; null when it may not be followed.</summary>
    public HttpCall? Redirected(int status, Uri target)
    {
        var url = new Uri(Url, target);
        var isSameHost = url.Host == Url.Host && (url.Port == Url.Port || (Url.IsDefaultPort && url.IsDefaultPort));
        var isDowngrade = Url.Scheme == "https" && url.Scheme != "https";
        if (url.Scheme is not ("http" or "https") || isDowngrade || url.UserInfo.Length > 0 || (!isSameHost && IsPersonal)) return null;

        var becomesGet = status == 303 || (status is 301 or 302 && Method == HttpMethod.Post);
        return this with
        {
            Url = url,
            Method = becomesGet && Method != HttpMethod.Head ? HttpMethod.Get : Method,
            Body = becomesGet ? null : Body,
            Headers = isSameHost ? [.. Headers.Where(header => !becomesGet || !IsOfContent(header.Key))] : [],
        };
    }

    private static NodeResult.Failed? Fault(HttpSettings settings)
    {
        if (settings.Body is not null && settings.BodyFile is not null) return Wrong("http.body", "There is a body and a body.file; only one can be sent");
        if (settings.ExpectedStatus.FirstOrDefault(status => !ExpectedStatus.IsWellFormed(status)) is { } status)
            return Wrong("http.expected-status", $"'{status}' is no status such as 204 or 2xx");
        if (settings.Output.Values.Append(settings.WaitUntil ?? "").FirstOrDefault(pointer => !JsonPointer.IsWellFormed(pointer)) is { } pointer)
            return Wrong("http.pointer", $"'{pointer}' is no JSON pointer; it starts with /");
        if (settings.WaitInterval < TimeSpan.FromSeconds(1) || settings.WaitInterval > TimeSpan.FromDays(1))
            return Wrong("http.wait-interval", "wait.interval is from one second to one day");
        return null;
    }

    private static bool Has(IReadOnlyList<KeyValuePair<string, string>> headers, string name) =>
        headers.Any(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsOfContent(string name) => name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    private static bool TryAdd(HttpRequestMessage message, KeyValuePair<string, string> header)
    {
        if (header.Value.AsSpan().ContainsAny('\r', '\n', '\0')) return false;

        HttpHeaders headers = IsOfContent(header.Key) ? (message.Content ??= new ByteArrayContent([])).Headers : message.Headers;
        return headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    private static NodeResult.Failed Wrong(string code, string message) => new(code, message, CanRetry: false);
}
