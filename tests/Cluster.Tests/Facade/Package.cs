using Scheduler.Testing;

namespace Scheduler.Cluster.Tests.Facade;

/// <summary>Packages of one workflow named <c>flow</c>, with the scripts the tests need.</summary>
internal static class Package
{
    /// <summary>A node that runs a command.</summary>
    /// <param name="name">Of the node.</param>
    /// <param name="command">Without double quotes.</param>
    /// <param name="after">Names of parents, separated by commas.</param>
    /// <param name="settings">Further entries of its <c>config</c>.</param>
    public static string Node(string name, string command, string after = "", string settings = "") =>
        $"{{ name: {name}, type: command, dependsOn: [{after}], config: {{ {settings} command: \"{command}\" }} }}";

    /// <summary>A node in which others are embedded.</summary>
    public static string Embedded(string name, string after, params string[] nodes) =>
        $"{{ name: {name}, type: flow, dependsOn: [{after}], nodes: [ {string.Join(", ", nodes)} ] }}";

    public static byte[] Of(params string[] nodes) => Of("", nodes);

    /// <param name="config">Entries of the workflow's own <c>config</c>.</param>
    /// <param name="nodes">Its nodes.</param>
    public static byte[] Of(string config, string[] nodes) => Zip.Of(
        ("a.project", "azkaban-flow-version: 2.0\n"),
        ("flow.flow", $"config: {{ {config} }}\nnodes:\n" + string.Concat(nodes.Select(node => $"  - {node}\n"))),
        // Goes on once the file it is given exists.
        ("wait.sh", "until [ -e \"$1\" ]; do sleep 0.05; done\n"),
        // Fails until it has been called as often as it is told; the file it is given counts.
        ("flaky.sh", "echo x >> \"$1\"\nn=$(wc -l < \"$1\")\necho \"this is try $n\"\n[ \"$n\" -ge \"$2\" ]\n"));
}
