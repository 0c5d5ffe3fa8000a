using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Rules;

/// <summary>Spells a cycle out, because Azkaban's text names only the two ends of one edge.</summary>
internal static class CycleFindings
{
    /// <param name="cycle">Over edges from a node to those it waits for.</param>
    /// <param name="nameOf">Name of a node.</param>
    /// <param name="file">Where the edge is written.</param>
    /// <param name="line">Its line, when known.</param>
    public static Finding Path(Cycle cycle, Func<int, string> nameOf, string file, int? line)
    {
        var names = cycle.Path.Select(nameOf).ToList();
        var rest = cycle.Length > names.Count ? $" -> … {cycle.Length - names.Count} more …" : "";
        return Finding.Warning(
            "package.cycle-path",
            $"The cycle, each node waiting for the next: {string.Join(" -> ", names)}{rest} -> {nameOf(cycle.To)}", file, line);
    }
}
