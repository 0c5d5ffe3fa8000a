using System.Threading.Channels;

namespace Scheduler.Plugins.Export.Rows;

/// <summary>Reads rows ahead, so that reading and writing go on side by side. Memory is bounded by a few batches.</summary>
internal sealed class RowPipe : IAsyncDisposable
{
    private const int Batches = 3;

    private readonly Channel<RowBatch> _empty = Channel.CreateUnbounded<RowBatch>();
    private readonly Channel<RowBatch> _filled = Channel.CreateUnbounded<RowBatch>();
    private readonly CancellationTokenSource _stop;
    private readonly Task _filling;
    private RowBatch? _current;

    /// <param name="rows">Nobody else may use them until this is disposed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public RowPipe(RowSource rows, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (var i = 0; i < Batches; i++) _empty.Writer.TryWrite(new RowBatch(rows.Columns.Count));
        _filling = Task.Run(() => FillAsync(rows, _stop.Token), CancellationToken.None);
    }

    /// <returns>Overwritten after the next call; null at the end.</returns>
    public async ValueTask<RowBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_current is not null) _empty.Writer.TryWrite(_current);
        _current = await _filled.Reader.WaitToReadAsync(cancellationToken) && _filled.Reader.TryRead(out var batch) ? batch : null;
        return _current;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _filling;
        _stop.Dispose();
    }

    private async Task FillAsync(RowSource rows, CancellationToken stop)
    {
        try
        {
            var batch = await _empty.Reader.ReadAsync(stop);
            while (true)
            {
                var reading = rows.ReadAsync(stop);
                // Rows do not wait for others that are still to come, unless whoever writes them is busy anyway.
                if (batch.IsFull || (batch.Count > 0 && !reading.IsCompleted && _filled.Reader.Count == 0)) batch = await HandOverAsync(batch, stop);
                if (!await reading) break;

                batch.Add(rows.Row.Span);
            }

            if (batch.Count > 0) _filled.Writer.TryWrite(batch);
            _filled.Writer.Complete();
        }
        catch (Exception exception)
        {
            // Thrown where the rows are awaited.
            _filled.Writer.Complete(exception);
        }
    }

    private async ValueTask<RowBatch> HandOverAsync(RowBatch batch, CancellationToken stop)
    {
        _filled.Writer.TryWrite(batch);
        var next = await _empty.Reader.ReadAsync(stop);
        next.Clear();
        return next;
    }
}
