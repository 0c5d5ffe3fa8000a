namespace Scheduler.Silo.Instances;

/// <content>What nodes hand on.</content>
internal sealed partial class ExecutionState
{
    private static readonly Dictionary<string, string> NoOutputs = [];

    /// <summary>Outputs of the last attempt; of a container those of its end nodes. Empty when there are none.</summary>
    public IReadOnlyDictionary<string, string> Outputs(int node) => Slot(node).Record?.Outputs ?? NoOutputs;

    /// <summary>Outputs of the direct parents together; where several set a key, the last in the order written wins.</summary>
    public IReadOnlyDictionary<string, string> OutputsOfParents(int node) => Merge(Graph.Parents(node)) ?? NoOutputs;

    private IReadOnlyDictionary<string, string>? OutputsOfEnds(int container)
    {
        var ends = new List<int>();
        foreach (var member in Graph.Members(container))
            if (Graph[member].IsEnd)
                ends.Add(member);

        return Merge([.. ends]);
    }

    private IReadOnlyDictionary<string, string>? Merge(ReadOnlySpan<int> nodes)
    {
        IReadOnlyDictionary<string, string>? first = null;
        Dictionary<string, string>? merged = null;
        foreach (var node in nodes)
        {
            if (Slot(node).Record?.Outputs is not { } outputs) continue;
            if (first is null)
            {
                first = outputs;
                continue;
            }

            merged ??= new Dictionary<string, string>(first, StringComparer.Ordinal);
            foreach (var (key, value) in outputs) merged[key] = value;
        }

        return merged ?? first;
    }
}
