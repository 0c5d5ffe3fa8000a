using System.IO.Compression;
using System.Text;

namespace Scheduler.Benchmarks.Engine;

/// <summary>Packages of the shapes that are measured, one Flow 2.0 workflow each.</summary>
internal static class Shapes
{
    /// <summary>Ten nodes on five levels with diamonds; entry <c>i</c> lists the parents of node <c>i</c>.</summary>
    private static readonly int[][] TenNodes = [[], [0], [0], [0], [1, 2], [2, 3], [1, 3], [4, 5], [5, 6], [7, 8]];

    /// <summary>Nodes of <see cref="Dag"/>.</summary>
    public static int DagLength => TenNodes.Length;

    public static byte[] Chain(int count, string type, string config = "{}") =>
        Package(Enumerable.Range(0, count).Select(node => Node(node, type, node == 0 ? [] : [node - 1], config)));

    /// <summary><paramref name="count"/> parallel nodes and one that waits for all of them.</summary>
    public static byte[] FanOut(int count, string type) => Package(
        Enumerable.Range(0, count).Select(node => Node(node, type, [])).Append(Node(count, type, Enumerable.Range(0, count))));

    /// <summary>Parallel nodes and nothing else.</summary>
    public static byte[] Parallel(int count, string type, string config = "{}") =>
        Package(Enumerable.Range(0, count).Select(node => Node(node, type, [], config)).Append(Node(count, "noop", Enumerable.Range(0, count))));

    public static byte[] Dag(string type, string config = "{}") =>
        Package(TenNodes.Select((parents, node) => Node(node, type, parents, config)));

    /// <summary>A Flow 1.0 package of many jobs in chains of ten.</summary>
    public static byte[] Jobs(int count) => Zip(Enumerable.Range(0, count).Select(job =>
        ($"group{job / 1_000}/job{job}.job", $"type=noop\nretries=1\n{(job % 10 == 0 ? "" : $"dependencies=job{job - 1}\n")}")));

    private static string Node(int node, string type, IEnumerable<int> parents, string config = "{}") =>
        $"  - {{ name: n{node}, type: {type}, dependsOn: [{string.Join(", ", parents.Select(parent => $"n{parent}"))}], config: {config} }}\n";

    private static byte[] Package(IEnumerable<string> nodes) => Zip(
    [
        ("bench.project", "azkaban-flow-version: 2.0\n"),
        ("bench.flow", $"nodes:\n{string.Concat(nodes)}"),
    ]);

    private static byte[] Zip(IEnumerable<(string Name, string Text)> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
            foreach (var (name, text) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }

        return bytes.ToArray();
    }
}
