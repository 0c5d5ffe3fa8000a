using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>
/// The parameters of one execution, of the whole workflow and of single nodes. Some keys are orders to the engine, and some only
/// administrators may set.
/// </summary>
internal sealed record FlowParameters(Dictionary<string, string> OfFlow, Dictionary<string, Dictionary<string, string>> OfNodes)
{
    /// <summary>The row of <c>runtimeProperty</c> that means the workflow itself.</summary>
    public const string Root = "ROOT";

    private const string Legacy = "flowOverride";
    private const string Priority = "flowPriority";
    private const string Executor = "useExecutor";
    private const string Threads = "flow.num.job.threads";

    private static readonly HashSet<string> ForAdmins = new(StringComparer.Ordinal)
    {
        Priority, Executor, "java.enable.debug", "enable.dev.pod", "disable.pod.cleanup", "allow.image.test.version",
    };

    /// <summary>Null when both ways of naming parameters are mixed.</summary>
    public static FlowParameters? Read(Parameters parameters)
    {
        var legacy = parameters.Group(Legacy);
        var nodes = parameters.Matrix("runtimeProperty");
        if (legacy.Count > 0 && nodes.Count > 0) return null;

        return new(nodes.Remove(Root, out var ofFlow) ? ofFlow : legacy, nodes);
    }

    /// <summary>Drops, without a word, what only administrators may set.</summary>
    public void RemoveReserved()
    {
        foreach (var parameters in OfNodes.Values.Append(OfFlow))
            foreach (var key in parameters.Keys.Where(IsReserved).ToList())
                parameters.Remove(key);
    }

    /// <summary>Null when the numbers among the parameters are numbers.</summary>
    public string? FindFault() =>
        new[] { Priority, Executor }.FirstOrDefault(key => OfFlow.TryGetValue(key, out var text) && !IsNumber(text)) is { } wrong
            ? $"{wrong} should be an integer"
            : null;

    public ExecutionOptions ApplyTo(ExecutionOptions options) => options with
    {
        Parameters = OfFlow,
        NodeParameters = OfNodes.ToDictionary(row => row.Key, row => (IReadOnlyDictionary<string, string>)row.Value),
        Priority = OfFlow.TryGetValue(Priority, out var priority) ? int.Parse(priority) : options.Priority,
        MaxParallelNodes = LowerLimit(options.MaxParallelNodes),
    };

    /// <summary>A request may only lower the limit; any other value leaves it.</summary>
    private int LowerLimit(int limit) =>
        OfFlow.TryGetValue(Threads, out var text) && int.TryParse(text, out var wanted) && wanted > 0 ? Math.Min(wanted, limit) : limit;

    private static bool IsReserved(string key) =>
        ForAdmins.Contains(key)
        || key.StartsWith("azkaban.flow", StringComparison.Ordinal)
        || key.StartsWith("azkaban.job", StringComparison.Ordinal);

    private static bool IsNumber(string text) => text.All(char.IsAsciiDigit) && int.TryParse(text, out _);
}
