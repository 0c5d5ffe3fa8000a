using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Timeline;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Silo.Instances;

/// <summary>Executions as the journal tells them, whether they run or have ended: their nodes and their log.</summary>
internal sealed class StoredExecutions(IJournal journal, WorkflowCatalog catalog, IOptions<EngineOptions> options)
{
    private const int RowsPerRead = 1_000;

    /// <summary>Logs that are being followed; rendering only adds what is new. Each is at most a few megabytes.</summary>
    private const int MaxKeptLogs = 64;

    private readonly ConcurrentDictionary<long, RenderedLog> logs = new();

    /// <summary>Null when there is no such execution.</summary>
    public async Task<ExecutionView?> GetAsync(long executionId, CancellationToken cancellationToken)
    {
        if (await journal.ReadAsync(executionId, cancellationToken) is not { } stored) return null;

        var order = ExecutionOrderJson.Read(stored.Specification);
        var workflow = await FindAsync(order.ProjectId, order.Version, order.WorkflowId, cancellationToken);
        var machine = ExecutionMachine.Restore(
            workflow.Graph, order.Options, stored.Snapshot, stored.Rows.Select(row => row.Payload), options.Value.MaxLostAttempts);
        return ExecutionViews.Build(stored.Summary, order.Initiator, order.Options, order.FollowsExecutionId, machine.State);
    }

    /// <summary>A part of the log of the execution itself; empty when there is no such execution.</summary>
    public async Task<LogSlice> ReadLogAsync(long executionId, long offset, int length, CancellationToken cancellationToken)
    {
        if (await journal.FindAsync(executionId, cancellationToken) is not { } summary) return new LogSlice(offset, default, 0);

        var workflow = await FindAsync(summary.ProjectId, summary.Version, summary.WorkflowId, cancellationToken);
        var log = logs.GetOrAdd(executionId, _ => new RenderedLog());
        var bytes = await log.RefreshAsync(workflow.Graph, from => journal.ReadRowsAsync(executionId, from, RowsPerRead, cancellationToken));
        if (logs.Count > MaxKeptLogs) logs.Clear();

        var start = (int)Math.Clamp(offset, 0, bytes.Length);
        return new LogSlice(offset, bytes.Slice(start, Math.Min(Math.Max(length, 0), bytes.Length - start)), bytes.Length);
    }

    private async Task<RunnableWorkflow> FindAsync(int projectId, int version, string workflowId, CancellationToken cancellationToken)
    {
        var (workflow, refusal) = await catalog.GetAsync(projectId, version, workflowId, cancellationToken);
        return workflow ?? throw new InvalidOperationException($"A stored execution cannot be shown: {refusal}");
    }

    /// <summary>The log of one execution up to the last row seen. Only ever grows; readers that meet here may both render the same rows.</summary>
    private sealed class RenderedLog
    {
        private volatile Rendered rendered = new([], 1);

        public async Task<ReadOnlyMemory<byte>> RefreshAsync(ExecutionGraph graph, Func<int, Task<IReadOnlyList<JournalRow>>> readRows)
        {
            var now = rendered;
            while (await readRows(now.NextSequence) is { Count: > 0 } rows)
                now = new([.. now.Bytes, .. ExecutionLog.Render(graph, rows.Select(row => row.Payload))], rows[^1].Sequence + 1);

            if (now.NextSequence > rendered.NextSequence) rendered = now;
            return now.Bytes;
        }

        private sealed record Rendered(byte[] Bytes, int NextSequence);
    }
}
