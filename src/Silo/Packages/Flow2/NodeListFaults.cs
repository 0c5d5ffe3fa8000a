using Scheduler.Silo.Packages.Archives;
using Scheduler.Silo.Packages.Rules;
using Scheduler.Silo.Packages.Yaml;

namespace Scheduler.Silo.Packages.Flow2;

/// <summary>Checks the names in one list of nodes: each unique, each dependency among them, none reserved.</summary>
internal sealed class NodeListFaults(List<FlowNode> nodes)
{
    private readonly Suggestions suggestions = new([.. nodes.Select(node => node.Name)]);

    /// <summary>In the order written; every fault has a line.</summary>
    /// <param name="isTop">True for the list of a file, where the name of the whole workflow is reserved.</param>
    public IEnumerable<YamlFault> Find(bool isTop)
    {
        var names = nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (!seen.Add(node.Name)) yield return Fault(node, "name", $"there is another node '{node.Name}'");
            if (isTop && node.Name == NodeNames.Reserved) yield return Fault(node, "name", $"'{node.Name}' is not allowed as a name");
            foreach (var dependency in node.DependsOn)
                if (!names.Contains(dependency))
                    yield return Fault(
                        node, "dependsOn",
                        $"node '{node.Name}' depends on '{Printable.Of(dependency)}', which does not exist{Hint(dependency)}");
        }
    }

    private static YamlFault Fault(FlowNode node, string key, string message) => new(message, node.LineOf(key));

    private string Hint(string name) => suggestions.Nearest(name) is { } nearest ? $"; did you mean '{nearest}'?" : "";
}
