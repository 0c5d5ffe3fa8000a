using System.Data.Common;
using Scheduler.Plugins.Export.Rows;
using Scheduler.Plugins.Export.Targets;

namespace Scheduler.Plugins.Export;

/// <param name="Path">Below the export folder. A file for <see cref="FileLayout.Single"/>, else a folder that is replaced as a whole.</param>
/// <param name="Format">Of every file.</param>
/// <param name="Layout">Which rows go into which file.</param>
internal sealed record FileExportRequest(string Path, FileFormat Format, FileLayout Layout);

/// <summary>
/// Writes the rows of a query to a file or a folder of files. Memory does not grow with the rows. The target changes at the very end
/// and at once: an export that is cancelled, fails or is killed leaves what was there. Safe to repeat.
/// </summary>
internal sealed class FileExport(ExportRoot root, TimeProvider clock)
{
    private static readonly TimeSpan ProgressDelay = TimeSpan.FromSeconds(1);

    /// <param name="source">Read to its end, not disposed.</param>
    /// <param name="request">What to write and where.</param>
    /// <param name="onProgress">Is told the rows so far, at most once a second.</param>
    /// <param name="cancellationToken">Honoured until the target changes.</param>
    public async Task<ExportResult> RunAsync(
        DbDataReader source, FileExportRequest request, Action<long> onProgress, CancellationToken cancellationToken)
    {
        var target = root.Prepare(request.Path);
        using var staging = Staging.Open(target, request.Layout is not FileLayout.Single, NativeFiles.TryExchange);

        var result = await WriteAsync(source, staging.Path, request, onProgress, cancellationToken);
        if (request.Layout is not FileLayout.Single)
        {
            Manifest.Write(staging.Path, result);
            NativeFiles.SyncFolder(staging.Path);
        }

        cancellationToken.ThrowIfCancellationRequested();
        staging.Commit();
        return result;
    }

    private async Task<ExportResult> WriteAsync(
        DbDataReader source, string path, FileExportRequest request, Action<long> onProgress, CancellationToken cancellationToken)
    {
        var rows = new RowSource(source);
        var checksum = new RowChecksum();
        var reported = clock.GetTimestamp();

        await using var files = OutputFiles.For(path, Path.GetFileName(request.Path), request, rows.Columns);
        await using var pipe = new RowPipe(rows, cancellationToken);
        while (await pipe.ReadAsync(cancellationToken) is { } batch)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                checksum.Add(rows.Columns, batch[i].Span);
                await files.AppendAsync(batch[i], cancellationToken);
            }

            if (clock.GetElapsedTime(reported) < ProgressDelay) continue;
            onProgress(checksum.Rows);
            reported = clock.GetTimestamp();
        }

        return new(checksum.ToString(), await files.CompleteAsync(cancellationToken));
    }
}
