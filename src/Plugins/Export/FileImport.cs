using Scheduler.Plugins.Export.Rows;
using Scheduler.Plugins.Export.Targets;

namespace Scheduler.Plugins.Export;

/// <summary>Opens files of the export folder as data readers.</summary>
internal sealed class FileImport(ExportRoot root)
{
    /// <param name="path">Below the export folder.</param>
    /// <param name="format">Of the file.</param>
    /// <param name="columns">What to read; Parquet reads all it has.</param>
    /// <param name="cancellationToken">Of the opening.</param>
    public async Task<CellReader> OpenAsync(string path, FileFormat format, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var content = format.Compression.Decompress(root.OpenRead(path));
        try
        {
            return await format.ReadAsync(content, columns, cancellationToken);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }
}
