using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>
/// All that the properties of one attempt are made of. Azkaban's order, weakest first: shared properties of the node (Flow 1.0),
/// properties of the workflow, parameters of the request; then for each box from the outermost embedding one down to the node
/// itself: outputs of its direct parents, what it defines, what the request says for its path. The values of the system come last
/// and cannot be replaced.
/// </summary>
internal sealed record PropertyLayers
{
    /// <summary>Gives the shared properties the node refers to.</summary>
    public required PackageDefinition Package { get; init; }

    /// <summary>The workflow that was ordered, not one embedded in it.</summary>
    public required WorkflowDefinition Workflow { get; init; }

    /// <summary>Parameters of the request.</summary>
    public required ExecutionOptions Options { get; init; }

    /// <summary>
    /// The nodes that embed the node, outermost first, and the node itself at the end; never empty. Names joined by colons are its
    /// path. A node whose properties an administrator has overridden comes with the overriding ones.
    /// </summary>
    public required IReadOnlyList<NodeLayer> Nodes { get; init; }

    /// <summary>What the platform itself says.</summary>
    public SystemProperties System { get; init; } = SystemProperties.None;

    /// <summary>True lets parameters of the request, and those for embedding nodes, win over what the node itself defines.</summary>
    public bool OverridesEagerly { get; init; }
}

/// <summary>One box on the way from the workflow to the node.</summary>
/// <param name="Node">Gives its name and its own properties.</param>
/// <param name="ParentOutputs">Outputs of its direct parents, in the order of its dependencies; a later one wins.</param>
internal sealed record NodeLayer(NodeDefinition Node, IReadOnlyList<IReadOnlyDictionary<string, string>> ParentOutputs);
