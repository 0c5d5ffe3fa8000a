using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>Two tries of a node never run at the same time, whatever has become of the silo of the first.</summary>
internal static class OverlapCheck
{
    private const long NanosecondsPerTick = 100;

    public static CheckResult Look(CaseFile file) => new(
        "one try at a time", file.Evidence.Ledger.Lines.Count(line => line.Kind == LedgerKind.Start),
        [
            .. from one in file.Cases
               from node in Enumerable.Range(0, one.Places.Count)
               from overlap in FindOverlaps([.. one.LinesOf(node)])
               select new Violation($"{one.NameOf(node)}: {overlap}, {Explain(overlap, file.Evidence)}", one.Tell(node, file.Evidence)),
        ]);

    /// <summary>Each pair once: seen by the later try itself, or by the lines both have written.</summary>
    private static IEnumerable<Overlap> FindOverlaps(List<LedgerLine> lines)
    {
        var tries = lines.Where(line => line.Kind == LedgerKind.Start)
            .Select(start => new Window(start, lines.Find(line => line.Pid == start.Pid && line.Attempt == start.Attempt && line.Kind is LedgerKind.End or LedgerKind.Fail && line.At >= start.At)))
            .OrderBy(window => window.Start.At)
            .ToList();
        for (var later = 1; later < tries.Count; later++)
            for (var earlier = 0; earlier < later; earlier++)
                if (tries[earlier].End?.At > tries[later].Start.At || HasSeen(lines, tries[later].Start, tries[earlier].Start)
                    || HasSeen(lines, tries[earlier].Start, tries[later].Start))
                    yield return new Overlap(tries[earlier].Start, tries[later].Start);
    }

    private static bool HasSeen(List<LedgerLine> lines, LedgerLine observer, LedgerLine seen) => lines.Exists(line =>
        line.Kind == LedgerKind.Beside && line.Pid == observer.Pid && line.Attempt == observer.Attempt
        && line.Other!.Pid == seen.Pid && line.Other.Attempt == seen.Attempt);

    private static string Explain(Overlap overlap, RunEvidence evidence)
    {
        if (evidence.LifeOf(overlap.Earlier.Silo) is not { } life) return "and the earlier ran on a silo of another run";

        var at = DateTimeOffset.UnixEpoch.AddTicks(overlap.Later.At / NanosecondsPerTick);
        if (at > life.EndedAt) return $"{(at - life.EndedAt).TotalMilliseconds:0} ms after the silo of the earlier had ended";
        return life.Freezes.LastOrDefault(freeze => freeze.From <= at) is { } freeze
            ? $"{(at - freeze.From).TotalMilliseconds:0} ms after the silo of the earlier had been frozen"
            : "while the silo of the earlier was alive";
    }

    private sealed record Window(LedgerLine Start, LedgerLine? End);

    private sealed record Overlap(LedgerLine Earlier, LedgerLine Later)
    {
        public override string ToString() => $"attempt {Later.Attempt} started while attempt {Earlier.Attempt} ran";
    }
}
