using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Nodes.Parameters;

namespace Scheduler.Silo.Tests.Nodes.Parameters;

/// <summary>Property layers as short texts: <c>"a=1; b=${a}"</c>.</summary>
internal static class Layers
{
    public static Dictionary<string, string> Map(string text = "") => text
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    public static NodeDefinition Node(string name, string own = "", int? shared = null) =>
        new() { Name = name, Type = "command", Properties = Map(own), SharedProperties = shared, SourceFile = $"{name}.job" };

    public static NodeLayer Layer(string name, string own = "", params string[] outputs) => new(Node(name, own), [.. outputs.Select(Map)]);

    public static PropertyLayers Of(params NodeLayer[] nodes) => new()
    {
        Package = new PackageDefinition { Format = PackageFormat.Flow2, Workflows = [] },
        Workflow = new WorkflowDefinition { Id = "daily", Nodes = [] },
        Options = new ExecutionOptions(),
        Nodes = nodes,
    };

    /// <summary>Layers of a node that is alone with its own properties.</summary>
    public static PropertyLayers Own(IReadOnlyDictionary<string, string> properties) =>
        Of(new NodeLayer(Node("n") with { Properties = properties }, []));

    public static PropertyLayers Config(this PropertyLayers layers, string config) =>
        layers with { Workflow = layers.Workflow with { Properties = Map(config) } };

    public static PropertyLayers Request(this PropertyLayers layers, string root, params (string Path, string Own)[] nodes) => layers with
    {
        Options = layers.Options with
        {
            Parameters = Map(root),
            NodeParameters = nodes.ToDictionary(node => node.Path, node => (IReadOnlyDictionary<string, string>)Map(node.Own)),
        },
    };

    public static PropertyLayers Shared(this PropertyLayers layers, params string[] shared) =>
        layers with { Package = layers.Package with { Format = PackageFormat.Flow1, SharedProperties = [.. shared.Select(Map)] } };

    public static IReadOnlyDictionary<string, string> Properties(this PropertyResolution resolution) =>
        Assert.IsType<PropertyResolution.Resolved>(resolution).Properties;

    public static IEnumerable<string> Faults(this PropertyResolution resolution) =>
        Assert.IsType<PropertyResolution.Failed>(resolution).Faults.Select(fault => fault.Message);
}
