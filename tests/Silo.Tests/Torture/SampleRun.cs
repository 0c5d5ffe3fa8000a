using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Nodes.Processes;
using Scheduler.Silo.Torture.Checks;
using Scheduler.Silo.Torture.Evidence;
using Scheduler.Silo.Torture.Load;

namespace Scheduler.Silo.Tests.Torture;

/// <summary>
/// What a small run leaves behind in which nothing went wrong: execution 1 of workflow <c>w</c>, where the job <c>a</c> fails once and
/// succeeds, and then the job <c>b</c> succeeds. Tests spoil one thing at a time.
/// </summary>
internal static class SampleRun
{
    public const int A = 0;
    public const int B = 1;
    public const long Execution = 1;

    public static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Epoch = new(1, 0, 0, new byte[8]);
    public static readonly Guid OtherEpoch = new(2, 0, 0, new byte[8]);

    private static readonly SiloMarker Marker = new("4026531836", 77, 5_000, "0011aabb");

    public static RunEvidence Clean() => new()
    {
        Workflows = new Dictionary<string, PlannedWorkflow> { ["w"] = Workflow },
        Orders = [new(1, "w", Execution, 0, [], CancelOrder.None)],
        Uploads = [new("p", [1, 2], [1, 2])],
        Executions = [Recorded],
        Ledger = Ledger.Parse(
        [
            Line("a", 1, "start", 1), Line("a", 1, "fail", 2),
            Line("a", 2, "start", 3, pid: 101), Line("a", 2, "end", 4, pid: 101),
            Line("b", 1, "start", 5, pid: 102), Line("b", 1, "end", 6, pid: 102),
        ]),
        Seen = [new(Execution, "SUCCEEDED", new Dictionary<string, string> { ["a"] = "SUCCEEDED", ["b"] = "SUCCEEDED" })],
        Logs = [LogOf(A, 1), LogOf(A, 2), LogOf(B, 1)],
        PagedLogs = [new(Execution, "a", "text", "text")],
        Lives = [Life],
        Outages = [],
        Orphans = [],
        Absent = [],
    };

    public static PlannedWorkflow Workflow { get; } = new(
        "p", "w", FailureAction.FinishRunning,
        [
            new PlannedNode { Name = "a", Job = new JobPlan(0.1, Failures: 1, Retries: 2, TimeSpan.Zero, LogLines: 2) },
            new PlannedNode { Name = "b", Parents = ["a"], Job = new JobPlan(0.1, Failures: 0, Retries: 0, TimeSpan.Zero, LogLines: 2) },
        ]);

    public static RecordedExecution Recorded { get; } = new(
        Execution, "w", ExecutionStatus.Succeeded,
        [
            Row(1, ExecutionEvent.OfExecution(EventKind.ExecutionStarted, 1), ExecutionEvent.OfNode(EventKind.NodeQueued, 1, A, 1)),
            Row(2, ExecutionEvent.OfNode(EventKind.NodeStarted, 1, A, 1)),
            Row(3, ExecutionEvent.NodeRetrying(2, A, 1, new Failure("process.exit-code", "1"), 2), ExecutionEvent.OfNode(EventKind.NodeQueued, 2, A, 2)),
            Row(4, ExecutionEvent.NodeEnded(4, A, 2, NodeStatus.Succeeded), ExecutionEvent.OfNode(EventKind.NodeQueued, 4, B, 1)),
            Row(5, ExecutionEvent.NodeEnded(6, B, 1, NodeStatus.Succeeded), ExecutionEvent.Ended(6, ExecutionStatus.Succeeded)),
        ]);

    public static SiloLife Life { get; } = new()
    {
        Silo = 0,
        Pid = Marker.Pid,
        Ticks = Marker.StartedAt,
        StartedAt = Start,
        EndedAt = Start.AddMinutes(1),
        ExitCode = 0,
        End = LifeEnd.Terminated,
        WasReady = true,
        LogFile = "silo-1.log",
    };

    public static RecordedRow Row(int sequence, params ExecutionEvent[] events) => new(sequence, Epoch, events);

    /// <summary>A line as a job writes it.</summary>
    /// <param name="node">Its path.</param>
    /// <param name="attempt">Counted from 1.</param>
    /// <param name="kind">Its word.</param>
    /// <param name="second">Since the start.</param>
    /// <param name="pid">Of the job.</param>
    /// <param name="beside">Attempt and process it has seen.</param>
    public static string Line(string node, int attempt, string kind, int second, int pid = 100, string beside = "")
    {
        var at = Start.AddSeconds(second).ToUnixTimeMilliseconds() * 1_000_000;
        return $"{Execution} {node} {attempt} {kind} {at} {pid} {Marker}{(beside.Length == 0 ? "" : $" {beside} {Marker}")}";
    }

    public static StoredLog LogOf(int node, int attempt)
    {
        const string text = "line 1 of 2\nline 2 of 2\n";
        return new(Execution, node, attempt, [new(0, text[..12]), new(12, text[12..])]);
    }

    /// <summary>With one execution changed.</summary>
    public static RunEvidence With(this RunEvidence run, Func<RecordedExecution, RecordedExecution> change) =>
        run with { Executions = [change(run.Executions[0])] };

    /// <summary>With one row changed.</summary>
    public static RunEvidence WithRow(this RunEvidence run, int sequence, Func<RecordedRow, RecordedRow> change) =>
        run.With(one => one with { Rows = [.. one.Rows.Select(row => row.Sequence == sequence ? change(row) : row)] });

    /// <summary>With further lines of the ledger.</summary>
    public static RunEvidence WithLines(this RunEvidence run, params string[] lines) =>
        run with { Ledger = Ledger.Parse(run.Ledger.Lines.Select(line => line.Text).Concat(lines)) };

    /// <summary>Without the lines of the ledger that hold this.</summary>
    public static RunEvidence WithoutLines(this RunEvidence run, string part) =>
        run with { Ledger = Ledger.Parse(run.Ledger.Lines.Select(line => line.Text).Where(line => !line.Contains(part, StringComparison.Ordinal))) };

    /// <summary>All violations, each with the name of its check in front.</summary>
    public static IReadOnlyList<string> Judge(this RunEvidence run) =>
        [.. Verdict.Of(run).Results.SelectMany(check => check.Violations.Select(violation => $"{check.Name}: {violation.Message}"))];

    /// <summary>Fails unless this check, by its name, has found something in these words.</summary>
    public static void AssertFinds(this RunEvidence run, string check, string words)
    {
        var found = run.Judge();
        Assert.True(
            found.Any(violation => violation.StartsWith($"{check}: ", StringComparison.Ordinal) && violation.Contains(words, StringComparison.Ordinal)),
            $"'{check}' has not found '{words}'; found: {string.Join(" | ", found)}");
    }
}
