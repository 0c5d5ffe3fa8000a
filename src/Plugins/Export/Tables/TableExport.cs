using System.Data.Common;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Tables;

/// <param name="Target">The data source of the table.</param>
/// <param name="Table">Exists.</param>
/// <param name="Mode">What happens to its rows.</param>
/// <param name="Matched">Columns of the key or the partition.</param>
/// <param name="Mapping">Column of the table to column of the rows.</param>
internal sealed record TableRequest(
    DataSource Target, TableName Table, WriteMode Mode, IReadOnlyList<string> Matched, IReadOnlyDictionary<string, string> Mapping);

/// <summary>Rows into a table, in two steps: into the staging table, and by one transaction into the table. Memory does not grow with the rows.</summary>
internal sealed class TableExport(TimeProvider clock, string staging)
{
    private static readonly TimeSpan ProgressDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CleaningTime = TimeSpan.FromSeconds(15);

    public Task<TableTarget> OpenAsync(TableRequest request, CancellationToken cancellationToken) =>
        TableTarget.OpenAsync(request.Target, request.Table, staging, cancellationToken);

    /// <summary>Loads the rows into the staging table; the table itself is as it was.</summary>
    /// <param name="target">Opened for the same request.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="source">Read to its end, not disposed.</param>
    /// <param name="onProgress">Is told the rows so far, at most once a second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TableCommit> StageAsync(
        TableTarget target, TableRequest request, DbDataReader source, Action<long> onProgress, CancellationToken cancellationToken)
    {
        var rows = new RowSource(source);
        var columns = ColumnMapping.Match(rows.Columns, target.Columns, request.Mapping);
        var matched = target.Match(request.Matched, columns);

        await target.ClaimAsync(cancellationToken);
        try
        {
            await target.PrepareAsync(columns, cancellationToken);
            var checksum = await LoadAsync(target, columns, rows, onProgress, cancellationToken);
            return new(staging, request.Mode, matched, checksum.Rows, checksum.ToString());
        }
        catch
        {
            await CleanAsync(request);
            throw;
        }
    }

    /// <summary>Does the last transaction on a connection of its own, unless it got through already.</summary>
    public async Task CommitAsync(TableRequest request, TableCommit commit, CancellationToken cancellationToken)
    {
        await using var target = await OpenAsync(request, cancellationToken);
        await target.ClaimAsync(cancellationToken);
        await target.CommitAsync(commit, cancellationToken);
    }

    /// <summary>Ends what may still run on the server, and removes the staging table.</summary>
    public async Task AbandonAsync(TableRequest request, CancellationToken cancellationToken)
    {
        await using var target = await OpenAsync(request, cancellationToken);
        await target.ClaimAsync(cancellationToken);
        await target.DropStagingAsync(cancellationToken);
    }

    /// <summary>The same as far as it is possible: what is left is removed by the next attempt.</summary>
    public async Task CleanAsync(TableRequest request)
    {
        using var late = new CancellationTokenSource(CleaningTime, clock);
        try
        {
            await AbandonAsync(request, late.Token);
        }
        catch (Exception e) when (e is DbException or IOException or OperationCanceledException or ExportException)
        {
            // The reason why the export failed is what counts.
        }
    }

    private async Task<RowChecksum> LoadAsync(
        TableTarget target, IReadOnlyList<MappedColumn> columns, RowSource rows, Action<long> onProgress, CancellationToken cancellationToken)
    {
        var checksum = new RowChecksum();
        var reported = clock.GetTimestamp();
        await using var writer = await target.WriteAsync(columns, cancellationToken);
        await using var pipe = new RowPipe(rows, cancellationToken);
        while (await pipe.ReadAsync(cancellationToken) is { } batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                checksum.Add(rows.Columns, batch[i].Span);
                writer.Append(batch[i].Span);
                if (writer.IsFull) await writer.DrainAsync(cancellationToken);
            }

            if (clock.GetElapsedTime(reported) < ProgressDelay) continue;
            onProgress(checksum.Rows);
            reported = clock.GetTimestamp();
        }

        await writer.CompleteAsync(cancellationToken);
        return checksum;
    }
}
