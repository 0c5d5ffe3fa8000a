using Scheduler.Contracts.Instances;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Instances;

/// <summary>
/// The properties the engine obeys in one execution: those of the package, and over them the parameters of the order, in the layers in
/// which a job gets its properties. Most orders say nothing about them, and share what was worked out for the package.
/// </summary>
internal sealed class ExecutionSettings
{
    /// <summary>How long the execution may take: a parameter, or a property of the workflow that was ordered.</summary>
    public const string TimeoutKey = "flow.timeout";

    private readonly ExecutionGraph graph;
    private readonly NodeSettings[]? ordered;

    private ExecutionSettings(ExecutionGraph graph, TimeSpan timeout, NodeSettings[]? ordered)
    {
        this.graph = graph;
        this.ordered = ordered;
        Timeout = timeout;
    }

    /// <summary>How long the execution may take from its start; zero means for ever.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>True when the order changes nothing about any node.</summary>
    public bool FollowsPackage => ordered is null;

    public NodeSettings this[int node] => ordered is null ? graph[node].Settings : ordered[node];

    /// <param name="graph">What is run.</param>
    /// <param name="options">What the order says.</param>
    /// <param name="defaultTimeout">For an execution of which neither says how long it may take.</param>
    public static ExecutionSettings Of(ExecutionGraph graph, ExecutionOptions options, TimeSpan defaultTimeout)
    {
        var timeout = TimeoutTextOf(graph, options) is { } text ? TimeoutText.Read(TimeoutKey, text).Timeout : defaultTimeout;
        var workflow = SettingTexts.Of(options.Parameters);
        var nodes = new Dictionary<int, SettingTexts>();
        foreach (var (path, parameters) in options.NodeParameters)
            if (SettingTexts.Of(parameters) is var texts && texts != SettingTexts.None && graph.Find(path) is { } node)
                nodes[node] = texts;

        var isSilent = workflow == SettingTexts.None && nodes.Count == 0;
        return new ExecutionSettings(graph, timeout, isSilent ? null : Merge(graph, workflow, nodes));
    }

    /// <summary>What is wrong with the time-outs of an order, which nobody would notice before one is missed; null when nothing is.</summary>
    public static string? FaultOf(ExecutionOptions options)
    {
        foreach (var parameters in options.NodeParameters.Values.Prepend(options.Parameters))
            foreach (var key in (string[])[TimeoutKey, SettingTexts.TimeoutKey])
                if (parameters.TryGetValue(key, out var value) && TimeoutText.Read(key, value).Remark is not null)
                    return $"{key}={value} is not {TimeoutText.Form}";

        return null;
    }

    /// <summary>Flow 1.0 has no properties of a workflow, so there the node that ends and names it speaks for it.</summary>
    private static string? TimeoutTextOf(ExecutionGraph graph, ExecutionOptions options)
    {
        if (options.Parameters.TryGetValue(TimeoutKey, out var text)) return text;
        if (graph.Workflow.Properties.TryGetValue(TimeoutKey, out text)) return text;
        if (graph.FindMember(ExecutionGraph.Root, graph.Workflow.Id) is not { } end) return null;

        return graph[end].Definition.Properties.GetValueOrDefault(TimeoutKey) ?? graph[end].Shared.GetValueOrDefault(TimeoutKey);
    }

    private static NodeSettings[] Merge(ExecutionGraph graph, SettingTexts workflow, Dictionary<int, SettingTexts> nodes)
    {
        var settings = new NodeSettings[graph.Count];
        var inherited = new SettingTexts[graph.Count + 1];
        inherited[0] = workflow.Over(SettingTexts.Of(graph.Workflow.Properties));
        for (var node = 0; node < settings.Length; node++)
        {
            var definition = graph[node].Definition;
            var said = nodes.GetValueOrDefault(node, SettingTexts.None);
            var texts = said.Over(SettingTexts.Of(definition.Properties)).Over(inherited[graph[node].Container + 1])
                .Over(SettingTexts.Of(graph[node].Shared));

            settings[node] = NodeSettings.Parse(texts);
            if (graph.WorkflowIn(node) is { } inside) inherited[node + 1] = said.Over(SettingTexts.Of(inside.Properties)).Over(texts);
        }

        return settings;
    }
}
