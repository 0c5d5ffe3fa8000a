using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Targets;

/// <summary>One file after the other, the next one when a limit is reached. There is always one, be it without rows.</summary>
/// <param name="create">The file of a number, counted from 1.</param>
/// <param name="limits">When a file is full.</param>
internal sealed class FilesInOrder(Func<int, CancellationToken, Task<OutputFile>> create, FileLayout.BySize limits) : OutputFiles
{
    private OutputFile? _file;
    private int _count;

    public override async ValueTask AppendAsync(ReadOnlyMemory<Cell> row, CancellationToken cancellationToken)
    {
        if (_file is { } full && (full.Rows >= limits.MaxRows || full.Bytes >= limits.MaxBytes))
        {
            await CompleteAsync(full, cancellationToken);
            _file = null;
        }

        _file ??= await create(++_count, cancellationToken);
        await _file.AppendAsync(row, cancellationToken);
    }

    public override ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task CompleteOpenAsync(CancellationToken cancellationToken)
    {
        _file ??= await create(++_count, cancellationToken);
        await CompleteAsync(_file, cancellationToken);
        _file = null;
    }
}
