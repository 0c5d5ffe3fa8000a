using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Targets;

/// <summary>Sends each row to its file, opening and completing files as a layout wants it.</summary>
internal abstract class OutputFiles : IAsyncDisposable
{
    private readonly List<ExportedFile> _completed = [];

    public abstract ValueTask AppendAsync(ReadOnlyMemory<Cell> row, CancellationToken cancellationToken);

    /// <returns>All files, sorted by name. They are on the disk.</returns>
    public async Task<IReadOnlyList<ExportedFile>> CompleteAsync(CancellationToken cancellationToken)
    {
        await CompleteOpenAsync(cancellationToken);
        return [.. _completed.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    public abstract ValueTask DisposeAsync();

    protected abstract Task CompleteOpenAsync(CancellationToken cancellationToken);

    protected async Task CompleteAsync(OutputFile file, CancellationToken cancellationToken)
    {
        _completed.Add(await file.CompleteAsync(cancellationToken));
        await file.DisposeAsync();
    }

    /// <param name="path">Where to write: a file for a single one, else a folder.</param>
    /// <param name="name">Of the target, without folders.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="columns">Of the rows.</param>
    public static OutputFiles For(string path, string name, FileExportRequest request, IReadOnlyList<Column> columns)
    {
        var extension = request.Format.Extension + request.Format.Compression.Extension();
        return request.Layout switch
        {
            FileLayout.Single => new FilesInOrder((_, cancellationToken) =>
                OutputFile.CreateAsync(path, name, request.Format, columns, cancellationToken), new()),
            FileLayout.BySize limits => new FilesInOrder((number, cancellationToken) =>
            {
                var file = $"{name}-{number:D5}{extension}";
                return OutputFile.CreateAsync(Path.Combine(path, file), file, request.Format, columns, cancellationToken);
            }, limits),
            FileLayout.ByColumn partitions => new FilesByPartition(path, request.Format, extension, columns, partitions),
            _ => throw new InvalidOperationException($"Unknown layout {request.Layout}"),
        };
    }
}
