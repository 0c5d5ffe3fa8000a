using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Faults;

namespace Scheduler.Silo.Torture.Run;

/// <summary>A run in a form to be read: lines for people, JSON for programs.</summary>
internal sealed class TortureReport(TortureOrder order, TortureResult result)
{
    private const int MostViolationsShown = 20;
    private const int MostEvidenceShown = 40;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private IEnumerable<ExecutionEvent> Events => result.Evidence.Executions.SelectMany(execution => execution.Events);

    public IEnumerable<string> ToLines() => [.. Violations(), "", .. Table(), "", .. Numbers(), Sentence(), order.CommandLine];

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            order.Seed,
            order.Silos,
            Minutes = order.Duration.TotalMinutes,
            order.CommandLine,
            result.Verdict.IsClean,
            Checks = result.Verdict.Results,
            Faults = result.Faults.Select(fault => new { AtSeconds = fault.At.TotalSeconds, Kind = fault.Kind.ToWord(), fault.Silo, Seconds = fault.Duration.TotalSeconds, fault.IsGentle }),
            result.Evidence.Lives,
            Executions = result.Evidence.Executions.Count,
            Takeovers = Count(EventKind.ExecutionAdopted),
            LostAttempts = Count(EventKind.NodeLost),
        },
        Form);

    private IEnumerable<string> Violations()
    {
        foreach (var check in result.Verdict.Results)
        {
            foreach (var violation in check.Violations.Take(MostViolationsShown))
            {
                yield return "";
                yield return $"VIOLATION ({check.Name}): {violation.Message}";
                foreach (var line in violation.Evidence.Take(MostEvidenceShown)) yield return $"    {line}";
            }

            if (check.Violations.Count > MostViolationsShown) yield return $"… and {check.Violations.Count - MostViolationsShown} more ({check.Name})";
        }
    }

    private IEnumerable<string> Table()
    {
        var width = result.Verdict.Results.Max(check => check.Name.Length);
        yield return $"{"check".PadRight(width)}  examined  violations";
        foreach (var check in result.Verdict.Results)
            yield return $"{check.Name.PadRight(width)}  {check.Examined,8}  {check.Violations.Count,10}";
    }

    private IEnumerable<string> Numbers()
    {
        var evidence = result.Evidence;
        var kinds = result.Faults.CountBy(fault => fault.Kind).OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key.ToWord()}");
        yield return $"faults: {(result.Faults.Count == 0 ? "none" : string.Join(", ", kinds))}";
        yield return $"executions: {evidence.Executions.Count}, taken over {Count(EventKind.ExecutionAdopted)} times; attempts: {Count(EventKind.NodeStarted)}, lost {Count(EventKind.NodeLost)}, interrupted {Count(EventKind.NodeInterrupted)}, retried {Count(EventKind.NodeRetrying)}";
        yield return $"orders without an answer at some try: {evidence.Orders.Count(order => order.Unanswered > 0)} of {evidence.Orders.Count}; processes of silos: {evidence.Lives.Count}, ended by themselves {evidence.Lives.Count(life => life.End == LifeEnd.ByItself)}";
    }

    private string Sentence()
    {
        var count = result.Verdict.Results.Sum(check => check.Violations.Count);
        return count == 0 ? "Clean." : $"{count} violations.";
    }

    private int Count(EventKind kind) => Events.Count(happened => happened.Kind == kind);
}
