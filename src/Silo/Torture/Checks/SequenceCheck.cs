using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>No job starts before the last recorded attempts of all that stands before it have said their end.</summary>
internal static class SequenceCheck
{
    public static CheckResult Look(CaseFile file) =>
        new("nodes wait for their parents", file.Cases.Sum(one => one.Places.Sum(place => place.Parents.Count)), [.. file.Cases.SelectMany(one => Find(one, file.Evidence))]);

    private static IEnumerable<Violation> Find(ExecutionCase one, RunEvidence evidence)
    {
        for (var node = 0; node < one.Places.Count; node++)
            foreach (var parent in one.Places[node].Parents)
                if (LastEnd(one, parent) is { } end && FirstStart(one, node) is { } start && start.At < end.At)
                    yield return new(
                        $"{one.NameOf(node)} started {(end.At - start.At) / 1_000_000} ms before {one.Places[parent].Path} had ended",
                        [$"ledger: {end.Text}", $"ledger: {start.Text}", .. one.Tell(node, evidence)]);
    }

    /// <summary>Of the node itself, or of all that is inside it.</summary>
    private static LedgerLine? FirstStart(ExecutionCase one, int container) => Inside(one, container)
        .SelectMany(one.LinesOf).Where(line => line.Kind == LedgerKind.Start).MinBy(line => line.At);

    private static LedgerLine? LastEnd(ExecutionCase one, int container) => Inside(one, container)
        .Select(node => one.Nodes[node].Ends is [.., var last] ? EndOf(one.LinesOf(node), last.Attempt) : null)
        .OfType<LedgerLine>().MaxBy(line => line.At);

    /// <summary>The first one: an attempt may be run again, with the same number, when nobody knows that it has run.</summary>
    private static LedgerLine? EndOf(IEnumerable<LedgerLine> lines, int attempt) => lines
        .Where(line => line.Attempt == attempt && line.Kind is LedgerKind.End or LedgerKind.Fail).MinBy(line => line.At);

    private static IEnumerable<int> Inside(ExecutionCase one, int container) =>
        Enumerable.Range(0, one.Places.Count).Where(node => one.IsInside(node, container));
}
