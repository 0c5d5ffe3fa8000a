using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Rules;

/// <summary>
/// Checks <c>job.notification.STATUS.N.url|method|body|headers</c>, numbered from 1 without gaps. Texts that Azkaban has are its own.
/// </summary>
internal sealed class CallbackRules(DefinitionOptions options, FindingList findings)
{
    private static readonly string[] Prefixes =
    [
        "job.notification.started.", "job.notification.success.", "job.notification.failure.", "job.notification.completed.",
    ];

    /// <inheritdoc cref="NodeRules.Check"/>
    public void Check(string file, Func<string, string?> find, Func<string, int?> lineOf)
    {
        foreach (var prefix in Prefixes)
        {
            if (find(prefix + "0.url") is not null) Error("callback-number", "Sequence number starts at 1, not 0", prefix + "0.url");

            var number = 1;
            for (; number <= options.MaxCallbacks && find($"{prefix}{number}.url") is { Length: > 0 } url; number++)
                CheckRequest($"{prefix}{number}.", url);

            if (number > options.MaxCallbacks && find($"{prefix}{number}.url") is { Length: > 0 })
                findings.Add(Finding.Warning(
                    "package.callback-count",
                    $"Only {options.MaxCallbacks} callbacks per status are sent; {prefix}{number}.url is ignored.",
                    file, lineOf($"{prefix}{number}.url")));
        }

        void CheckRequest(string request, string url)
        {
            var method = find(request + "method") ?? "GET";
            if (method is not ("GET" or "POST"))
                Error("callback-method", $"Unsupported request method: {method} Only POST and GET are supported", request + "method");
            if (method == "POST") CheckBody(request, url);
            CheckHeaders(request);
        }

        void CheckBody(string request, string url)
        {
            var body = find(request + "body");
            if (string.IsNullOrEmpty(body))
                Error("callback-body", $"No POST body was specified for job callback '{url}'", request + "url");
            else if (body.Length > options.MaxCallbackBody)
                Error(
                    "callback-body",
                    $"POST body length is : {body.Length} which is larger than supported length of {options.MaxCallbackBody}",
                    request + "body");
        }

        void CheckHeaders(string request)
        {
            foreach (var header in find(request + "headers")?.Split("\r\n", StringSplitOptions.RemoveEmptyEntries) ?? [])
                if (header.IndexOf(':') <= 0)
                    findings.Add(Finding.Warning(
                        "package.callback-header", $"The callback header '{header}' is not of the form name:value and is not sent.", file,
                        lineOf(request + "headers")));
        }

        void Error(string code, string message, string key) => findings.Add(Finding.Error($"package.{code}", message, file, lineOf(key)));
    }
}
