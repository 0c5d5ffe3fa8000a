using System.Text.Json.Nodes;
using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Load;

namespace Scheduler.Silo.Torture.Run;

/// <summary>Reads from a healed cluster what its users see: each execution from one of the silos, and the logs of some nodes.</summary>
internal sealed class ApiWitness(IReadOnlyList<Uri> silos, AzkabanCaller caller, Random random)
{
    private const int LogsToRead = 25;
    private const int PageBytes = 211;
    private const int MostBytes = 1_000_000;

    public async Task<IReadOnlyList<SeenExecution>> SeeAsync(IEnumerable<long> executions, CancellationToken cancellationToken)
    {
        var seen = new List<SeenExecution>();
        foreach (var id in executions)
            seen.Add(await caller.GetAsync(Silo(id), "executor", cancellationToken, ("ajax", "fetchexecflow"), ("execid", $"{id}")) switch
            {
                CallResult.Answered { Error: null, Json: var json } => new(id, (string)json["status"]!, StatusesOf(json)),
                CallResult.Answered { Error: var error } => new(id, "", new Dictionary<string, string>(), error),
                CallResult.Silent silent => new(id, "", new Dictionary<string, string>(), silent.Why),
                var other => throw new InvalidOperationException($"{other} is no known result."),
            });
        return seen;
    }

    /// <summary>Some logs, drawn among the nodes that have run a job.</summary>
    public async Task<IReadOnlyList<PagedLog>> ReadLogsAsync(
        IReadOnlyList<(long Execution, NodePlace Place)> nodes, CancellationToken cancellationToken)
    {
        var logs = new List<PagedLog>();
        foreach (var (execution, place) in nodes.OrderBy(_ => random.Next()).Take(LogsToRead))
        {
            if (await ReadAsync(execution, place.Path, 0, MostBytes, cancellationToken) is not { } whole) continue;
            logs.Add(new PagedLog(execution, place.Path, whole, await ReadPagedAsync(execution, place.Path, cancellationToken)));
        }

        return logs;
    }

    private async Task<string> ReadPagedAsync(long execution, string path, CancellationToken cancellationToken)
    {
        var pages = new List<string>();
        var offset = 0L;
        while (await ReadAsync(execution, path, offset, PageBytes, cancellationToken) is { Length: > 0 } page)
        {
            pages.Add(page);
            offset += PageBytes;
        }

        return string.Concat(pages);
    }

    private async Task<string?> ReadAsync(long execution, string path, long offset, int length, CancellationToken cancellationToken)
    {
        var result = await caller.GetAsync(
            Silo(offset), "executor", cancellationToken,
            ("ajax", "fetchExecJobLogs"), ("execid", $"{execution}"), ("jobId", path), ("offset", $"{offset}"), ("length", $"{length}"));
        return (string?)(result as CallResult.Answered)?.Json["data"];
    }

    private static Dictionary<string, string> StatusesOf(JsonObject flow)
    {
        var statuses = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Stack<JsonNode?>(flow["nodes"]!.AsArray());
        while (open.TryPop(out var node))
        {
            statuses[(string)node!["nestedId"]!] = (string)node["status"]!;
            foreach (var member in node["nodes"]?.AsArray() ?? []) open.Push(member);
        }

        return statuses;
    }

    private Uri Silo(long number) => silos[(int)(number % silos.Count)];
}
