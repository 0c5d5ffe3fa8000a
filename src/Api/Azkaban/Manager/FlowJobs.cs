using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Definitions;

namespace Scheduler.Api.Azkaban.Manager;

/// <summary><c>fetchflowjobs</c>: the nodes of a workflow by how far they stand from its start.</summary>
internal sealed class FlowJobs(NewestPackage packages)
{
    public async Task<IResult> ListAsync(ProjectCall call)
    {
        var id = call.Parameters.Require("flow");
        // Azkaban breaks here, and a client takes the broken request for its answer.
        var flow = await packages.FindAsync(call.Project, id, call.Cancelled)
            ?? throw new ParameterException(Texts.FlowNotFound(id, call.Project));

        call.Reply["flowId"] = id;
        call.Reply["isLocked"] = false;
        call.Reply["nodes"] = new JsonArray([.. Describe(flow.Nodes)]);
        return call.Done();
    }

    private static IEnumerable<JsonNode> Describe(IReadOnlyList<NodeDefinition> nodes)
    {
        var dependents = nodes.SelectMany(node => node.Parents.Select(parent => (Parent: parent, node.Name)))
            .ToLookup(edge => edge.Parent, edge => edge.Name);
        var levels = Levels(nodes, dependents);
        return nodes.OrderBy(node => levels[node.Name]).ThenBy(node => node.Name, StringComparer.Ordinal).Select(node => new JsonObject
        {
            ["id"] = node.Name,
            ["level"] = levels[node.Name],
            ["dependencies"] = Names(node.Parents),
            ["dependents"] = Names(dependents[node.Name]),
        });
    }

    /// <summary>The longest way from a node without parents, counted in edges.</summary>
    private static Dictionary<string, int> Levels(IReadOnlyList<NodeDefinition> nodes, ILookup<string, string> dependents)
    {
        var levels = nodes.ToDictionary(node => node.Name, _ => 0, StringComparer.Ordinal);
        var open = nodes.ToDictionary(node => node.Name, node => node.Parents.Count, StringComparer.Ordinal);
        var ready = new Queue<string>(nodes.Where(node => node.Parents.Count == 0).Select(node => node.Name));
        while (ready.TryDequeue(out var name))
            foreach (var dependent in dependents[name])
            {
                levels[dependent] = Math.Max(levels[dependent], levels[name] + 1);
                if (--open[dependent] == 0) ready.Enqueue(dependent);
            }
        return levels;
    }

    private static JsonArray Names(IEnumerable<string> names) =>
        [.. names.Order(StringComparer.Ordinal).Select(name => (JsonNode?)name)];
}
