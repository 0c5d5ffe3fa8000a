using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>What all checks together say about a run.</summary>
/// <param name="Results">In a fixed order.</param>
internal sealed record Verdict(IReadOnlyList<CheckResult> Results)
{
    public bool IsClean => Results.All(result => result.Violations.Count == 0);

    public static Verdict Of(RunEvidence evidence)
    {
        var file = new CaseFile(evidence);
        return new Verdict(
        [
            OrdersCheck.Look(file),
            OrdersCheck.LookAtUploads(file),
            OutcomeCheck.LookAtEnds(file),
            OutcomeCheck.Look(file),
            JournalCheck.Look(file),
            LedgerCheck.Look(file),
            OverlapCheck.Look(file),
            SequenceCheck.Look(file),
            ViewCheck.Look(file),
            LogCheck.Look(file),
            SiloCheck.Look(file),
            SiloCheck.LookForOrphans(file),
        ]);
    }
}
