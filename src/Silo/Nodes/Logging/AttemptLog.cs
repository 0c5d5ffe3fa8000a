using System.Buffers;
using System.Text;
using Scheduler.Contracts;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Storage.Logs;
using LogLevel = Scheduler.Contracts.Plugins.LogLevel;

namespace Scheduler.Silo.Nodes.Logging;

/// <summary>The log of one attempt as bytes in the log store, in the line format of Azkaban.</summary>
/// <remarks>Lines of several writers are never mixed; while one waits for the store the others wait behind it.</remarks>
internal sealed class AttemptLog(ILogWriter writer, string nodeName, TimeProvider clock) : NodeLog, IAsyncDisposable
{
    /// <summary>Bytes of output that are framed at a time; one-byte lines grow fortyfold.</summary>
    private const int SliceSize = 8 * 1024;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly LineFront _front = new(nodeName);
    private readonly LineFramer _output = new();
    private readonly LineFramer _message = new();
    private readonly ArrayBufferWriter<byte> _framed = new();
    private bool _isClosed;

    public override async ValueTask WriteLineAsync(LogLevel level, string message, CancellationToken cancellationToken = default)
    {
        var bytes = Encoding.UTF8.GetBytes(message + '\n');
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _message.Add(bytes, _front.At(level, clock.GetUtcNow()), _framed);
            await WriteFramedAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (; !output.IsEmpty; output = output[Math.Min(SliceSize, output.Length)..])
            {
                _output.Add(output.Span[..Math.Min(SliceSize, output.Length)], _front.At(LogLevel.Info, clock.GetUtcNow()), _framed);
                await WriteFramedAsync(cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Completes when everything, an open last line of output included, is stored and readable from any silo.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _output.End(_front.At(LogLevel.Info, clock.GetUtcNow()), _framed);
            await WriteFramedAsync(cancellationToken);
            await PatientlyAsync(writer.FlushAsync, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stores what is written and closes the writer. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed) return;

        _isClosed = true;
        await FlushAsync(CancellationToken.None);
        await writer.DisposeAsync();
        _turn.Dispose();
    }

    private async ValueTask WriteFramedAsync(CancellationToken cancellationToken)
    {
        if (_framed.WrittenCount == 0) return;

        try
        {
            await PatientlyAsync(token => writer.WriteAsync(_framed.WrittenMemory, token), cancellationToken);
        }
        finally
        {
            _framed.ResetWrittenCount();
        }
    }

    /// <summary>While the store is away the job waits and is not failed. A call that finds no store has taken nothing.</summary>
    private async ValueTask PatientlyAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await call(cancellationToken);
                return;
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(s_pause, clock, cancellationToken);
            }
        }
    }
}
