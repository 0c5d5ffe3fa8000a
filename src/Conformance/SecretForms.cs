using System.Text;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance;

/// <summary>The shapes in which a secret gets out.</summary>
internal static class SecretForms
{
    /// <summary>Plain, URL-encoded, base64; of the secrets of a job and the passwords of its data sources.</summary>
    public static IEnumerable<string> Of(ConformanceCase job) =>
        job.Secrets.Values.Concat(job.DataSources.Select(source => source.Password).OfType<string>())
            .SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) });

    /// <summary>Everything that others can read of an attempt: where it stands, and the text.</summary>
    public static IEnumerable<(string Place, string Text)> Readable(ConformanceContext context, Ending? ending)
    {
        foreach (var line in context.Recorded.Lines) yield return ("log", line);
        yield return ("log", context.Recorded.Text);
        foreach (var progress in context.Reported) yield return ("progress", progress.Text ?? "");
        foreach (var handle in context.Handles) yield return ("handle", handle);
        if (ending is Ending.Threw { Exception: var exception }) yield return ("exception", exception.ToString());
        if (ending is not Ending.Returned { Result: var result }) yield break;

        switch (result)
        {
            case NodeResult.Succeeded { Outputs: var outputs }:
                foreach (var (key, value) in outputs) yield return ($"output {key}", value);
                break;
            case NodeResult.Failed { Message: var message }:
                yield return ("message of the failure", message);
                break;
            case NodeResult.Waiting { Reason: var reason }:
                yield return ("reason of the waiting", reason);
                break;
        }
    }
}
