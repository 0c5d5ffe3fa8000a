using System.Buffers;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Nodes.Logging.Masking;

/// <summary>The log of an attempt that knows secrets: they are replaced before anything is stored or shown.</summary>
internal sealed class MaskedLog(NodeLog inner, SecretMask mask) : NodeLog, IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly MaskingStream stream = mask.Open();
    private readonly ArrayBufferWriter<byte> masked = new();

    public override ValueTask WriteLineAsync(LogLevel level, string message, CancellationToken cancellationToken = default) =>
        inner.WriteLineAsync(level, mask.Mask(message), cancellationToken);

    public override async ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            stream.Write(output.Span, masked);
            await PassOnAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Writes what was held back. Call it when nothing writes any more.</summary>
    public async ValueTask EndAsync()
    {
        stream.End(masked);
        await PassOnAsync(CancellationToken.None);
    }

    public void Dispose() => turn.Dispose();

    private async ValueTask PassOnAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (masked.WrittenCount > 0) await inner.WriteOutputAsync(masked.WrittenMemory, cancellationToken);
        }
        finally
        {
            masked.ResetWrittenCount();
        }
    }
}
