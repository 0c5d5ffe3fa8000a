using System.Text;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Tests.Storage.Journal;

/// <summary>Rows for tests, as an execution would write them.</summary>
internal static class Appends
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, 123, TimeSpan.Zero);

    public static ExecutionSummary Summary(long id, int project = 1, string workflow = "load") => new()
    {
        Id = id,
        ProjectId = project,
        WorkflowId = workflow,
        Version = 3,
        Status = ExecutionStatus.Waiting,
        SubmittedBy = "ann",
        SubmittedAt = Noon,
        UpdatedAt = Noon,
    };

    public static JournalAppend Create(ExecutionSummary summary, Guid epoch, string owner = "silo-1") => new(
        summary.Id, Row(1, epoch, "created"), new HeadChange.Create(summary, Encoding.UTF8.GetBytes("{\"order\":1}"), owner));

    public static JournalAppend Next(long execution, int sequence, Guid epoch, string payload = "row", HeadChange? head = null) =>
        new(execution, Row(sequence, epoch, payload), head);

    public static HeadChange.Update Update(
        ExecutionStatus status, TimeSpan after = default, bool started = false, bool ended = false, string? owner = null,
        string? snapshot = null) => new(
            status, Noon + after, started ? Noon + after : null, ended ? Noon + after : null, owner,
            snapshot is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(snapshot));

    public static string Text(this JournalRow row) => Encoding.UTF8.GetString(row.Payload.Span);

    /// <summary>A new execution in the journal, with its first row.</summary>
    public static async Task<long> CreateAsync(
        this IJournal journal, Guid epoch, int project = 1, string workflow = "load", string owner = "silo-1")
    {
        var id = await journal.NextExecutionIdAsync(default);
        await journal.AppendAsync(Create(Summary(id, project, workflow), epoch, owner), default);
        return id;
    }

    private static JournalRow Row(int sequence, Guid epoch, string payload) => new(sequence, epoch, Encoding.UTF8.GetBytes(payload));
}
