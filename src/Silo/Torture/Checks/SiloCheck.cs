using Scheduler.Silo.Torture.Evidence;

namespace Scheduler.Silo.Torture.Checks;

/// <summary>
/// Silos end when they are told to, with exit code 0 where they are asked politely; one that was frozen may leave after the thaw,
/// and one that starts while the database is away may give up. All of them come back, and nothing of them is left at the end.
/// </summary>
internal static class SiloCheck
{
    /// <summary>A silo that has been given up while it was frozen must notice by then.</summary>
    private static readonly TimeSpan LeaveAfterThaw = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    public static CheckResult Look(CaseFile file) => new(
        "silos end as they are told", file.Evidence.Lives.Count,
        [
            .. file.Evidence.Lives.Select(life => FindFault(life, file.Evidence)).OfType<Violation>(),
            .. file.Evidence.Absent.Select(words => new Violation(words)),
        ]);

    public static CheckResult LookForOrphans(CaseFile file) => new(
        "no process is left", file.Evidence.Lives.Count,
        [.. file.Evidence.Orphans.Select(words => new Violation($"still running after all silos had ended: {words}"))]);

    private static Violation? FindFault(SiloLife life, RunEvidence evidence)
    {
        var leftAfterThaw = life.End == LifeEnd.ByItself && life.Freezes.Any(freeze => life.EndedAt >= freeze.From && life.EndedAt - freeze.To <= LeaveAfterThaw);
        var gaveUp = life is { End: LifeEnd.ByItself, WasReady: false }
            && evidence.Outages.Any(outage => outage.From <= life.EndedAt && outage.To >= life.StartedAt - StartPatience);
        if (leftAfterThaw || gaveUp) return null;
        if (life.Cries is [var first, ..]) return new($"{life} cried: {first}", [.. life.Cries, .. life.LastWords]);

        return life switch
        {
            { End: LifeEnd.ByItself } => new($"{life} ended by itself with exit code {life.ExitCode}", life.LastWords),
            { End: LifeEnd.TerminatedInVain } => new($"{life} did not end after SIGTERM", life.LastWords),
            { End: LifeEnd.Terminated, WasReady: true, ExitCode: not 0 } => new($"{life} ended with exit code {life.ExitCode} after SIGTERM", life.LastWords),
            _ => null,
        };
    }
}
