using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Targets;

/// <summary>A folder for each value of a column. When too many files are open, the one that waits longest for a row is completed.</summary>
internal sealed class FilesByPartition : OutputFiles
{
    private readonly string _folder;
    private readonly FileFormat _format;
    private readonly string _extension;
    private readonly IReadOnlyList<Column> _columns;
    private readonly Column _key;
    private readonly int _keyPlace;
    private readonly FileLayout.ByColumn _layout;
    private readonly Dictionary<string, int> _filesMade = [];
    private readonly Dictionary<string, LinkedListNode<(string Partition, OutputFile File)>> _open = [];
    private readonly LinkedList<(string Partition, OutputFile File)> _byUse = [];
    private readonly Cell[] _rest;

    public FilesByPartition(string folder, FileFormat format, string extension, IReadOnlyList<Column> columns, FileLayout.ByColumn layout)
    {
        _folder = folder;
        _format = format;
        _extension = extension;
        _layout = layout;
        _keyPlace = columns.ToList().FindIndex(column => column.Name == layout.Column);
        if (_keyPlace < 0) throw new ExportException("export.no-column", $"The query has no column '{layout.Column}' to partition by.");
        if (columns.Count == 1) throw new ExportException("export.no-column", "The query has no column but the one to partition by.");

        _key = columns[_keyPlace];
        _columns = [.. columns.Where((_, i) => i != _keyPlace)];
        _rest = new Cell[_columns.Count];
    }

    public override async ValueTask AppendAsync(ReadOnlyMemory<Cell> row, CancellationToken cancellationToken)
    {
        var file = await FileOfAsync(PartitionName.Of(_key, row.Span[_keyPlace]), cancellationToken);

        row.Span[.._keyPlace].CopyTo(_rest);
        row.Span[(_keyPlace + 1)..].CopyTo(_rest.AsSpan(_keyPlace));
        await file.AppendAsync(_rest, cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var (_, file) in _byUse) await file.DisposeAsync();
    }

    protected override async Task CompleteOpenAsync(CancellationToken cancellationToken)
    {
        while (_byUse.Count > 0) await CompleteOldestAsync(cancellationToken);

        foreach (var partition in _filesMade.Keys) NativeFiles.SyncFolder(Path.Combine(_folder, partition));
    }

    private async ValueTask<OutputFile> FileOfAsync(string partition, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(partition, out var used))
        {
            _byUse.Remove(used);
            _byUse.AddLast(used);
            return used.Value.File;
        }

        if (_open.Count >= _layout.MaxOpenFiles) await CompleteOldestAsync(cancellationToken);

        var file = await CreateAsync(partition, cancellationToken);
        _open[partition] = _byUse.AddLast((partition, file));
        return file;
    }

    private Task<OutputFile> CreateAsync(string partition, CancellationToken cancellationToken)
    {
        var number = _filesMade.GetValueOrDefault(partition) + 1;
        if (number == 1)
        {
            if (_filesMade.Count >= _layout.MaxPartitions)
                throw new ExportException("export.too-many-partitions",
                    $"Column '{_key.Name}' has more than {_layout.MaxPartitions} values, each of which would be a folder.");
            ExportRoot.CreateFolder(Path.Combine(_folder, partition));
        }

        _filesMade[partition] = number;
        var name = $"{partition}/part-{number:D5}{_extension}";
        return OutputFile.CreateAsync(Path.Combine(_folder, name), name, _format, _columns, cancellationToken);
    }

    private async Task CompleteOldestAsync(CancellationToken cancellationToken)
    {
        var (partition, file) = _byUse.First!.Value;
        await CompleteAsync(file, cancellationToken);
        _byUse.RemoveFirst();
        _open.Remove(partition);
    }
}
