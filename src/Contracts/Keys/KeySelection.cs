using Scheduler.Contracts.Instances;

namespace Scheduler.Contracts.Keys;

/// <summary>One run of the workflow that is waited for.</summary>
/// <param name="ExecutionId">The run.</param>
/// <param name="ScheduledAt">The moment for which it was scheduled, or at which it was ordered.</param>
/// <param name="Status">As last stored.</param>
public sealed record KeyCandidate(long ExecutionId, DateTimeOffset ScheduledAt, ExecutionStatus Status);

/// <summary>Window and policy of a KEY node, as calculations on dates. Days and cycles are those of a time zone.</summary>
public static class KeySelection
{
    /// <summary>The stretch of time in which candidates are looked for: from the first moment up to, not including, the second.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) RangeOf(KeyQuestion question, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(question.ScheduledAt, zone).DateTime);
        return question.Window switch
        {
            KeyWindow.SameDay => (StartOf(day, zone), StartOf(day.AddDays(1), zone)),
            KeyWindow.PreviousDay => (StartOf(day.AddDays(-1), zone), StartOf(day, zone)),
            KeyWindow.LastDays => (StartOf(day.AddDays(1 - question.Days), zone), StartOf(day.AddDays(1), zone)),
            // The whole window lies one tick later than its words: after S minus 24 hours, up to and including S.
            KeyWindow.Last24Hours => (question.ScheduledAt.AddHours(-24).AddTicks(1), question.ScheduledAt.AddTicks(1)),
            KeyWindow.PreviousCycle => (DateTimeOffset.MinValue, StartOfCycle(question, zone)),
            _ => throw new ArgumentOutOfRangeException(nameof(question), question.Window, "Not a window."),
        };
    }

    /// <summary>
    /// Those that must have succeeded, oldest first; empty when there are none yet. A failed run that a later one of the window has made
    /// good does not count.
    /// </summary>
    /// <param name="question">What is asked.</param>
    /// <param name="candidates">Inside the range, in any order.</param>
    public static IReadOnlyList<KeyCandidate> Choose(KeyQuestion question, IEnumerable<KeyCandidate> candidates)
    {
        var sorted = WithoutMadeGood([.. candidates.OrderBy(one => one.ScheduledAt).ThenBy(one => one.ExecutionId)]);
        if (question.Window == KeyWindow.PreviousCycle) return sorted.TakeLast(1).ToList();

        return question.Policy switch
        {
            KeyPolicy.All => sorted,
            KeyPolicy.First => sorted.Take(1).ToList(),
            KeyPolicy.Last => sorted.TakeLast(1).ToList(),
            KeyPolicy.NearestBefore => sorted.Where(one => one.ScheduledAt <= question.ScheduledAt).TakeLast(1).ToList(),
            KeyPolicy.NearestAfter => sorted.Where(one => one.ScheduledAt >= question.ScheduledAt).Take(1).ToList(),
            _ => throw new ArgumentOutOfRangeException(nameof(question), question.Policy, "Not a policy."),
        };
    }

    /// <summary>What the chosen ones mean for the node that waits.</summary>
    public static KeyAnswer Judge(KeyQuestion question, IReadOnlyList<KeyCandidate> chosen)
    {
        var name = $"{question.ProjectName}/{question.WorkflowId}";
        if (chosen.Count == 0) return new KeyAnswer.Open($"{name} has not been run yet in the time that counts");
        if (chosen.FirstOrDefault(one => one.Status.IsTerminal() && one.Status != ExecutionStatus.Succeeded) is { } failed)
            return new KeyAnswer.Open($"Execution {failed.ExecutionId} of {name} ended as {failed.Status}; run it again");
        if (chosen.FirstOrDefault(one => !one.Status.IsTerminal()) is { } open)
            return new KeyAnswer.Open($"Execution {open.ExecutionId} of {name} has not ended");
        return new KeyAnswer.Satisfied([.. chosen.Select(one => one.ExecutionId)]);
    }

    private static List<KeyCandidate> WithoutMadeGood(List<KeyCandidate> sorted)
    {
        var lastSuccess = sorted.FindLastIndex(one => one.Status == ExecutionStatus.Succeeded);
        return [.. sorted.Where((one, index) => index >= lastSuccess || !one.Status.IsTerminal() || one.Status == ExecutionStatus.Succeeded)];
    }

    private static DateTimeOffset StartOfCycle(KeyQuestion question, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(question.ScheduledAt, zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        return question.Cycle switch
        {
            // An hour is a stretch of time and not of the calendar: when clocks go back, the second of the two begins for itself.
            KeyCycle.Hour => local.AddTicks(-(local.Ticks % TimeSpan.TicksPerHour)),
            KeyCycle.Day => StartOf(day, zone),
            KeyCycle.Week => StartOf(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), zone),
            KeyCycle.Month => StartOf(new DateOnly(day.Year, day.Month, 1), zone),
            _ => throw new ArgumentOutOfRangeException(nameof(question), question.Cycle, "Not a cycle."),
        };
    }

    /// <summary>The first moment of a date. Where clocks go forward over midnight the date begins later.</summary>
    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }
}
