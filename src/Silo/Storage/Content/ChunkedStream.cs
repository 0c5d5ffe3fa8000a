namespace Scheduler.Silo.Storage.Content;

/// <summary>
/// Reads a stored content chunk by chunk, holding one chunk in memory and no connection. It can seek, so an archive's directory is
/// found without reading the whole.
/// </summary>
internal sealed class ChunkedStream(ContentChunks chunks, long id, long length) : Stream
{
    private byte[] chunk = [];
    private int chunkNumber = -1;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (NeedsChunk(out var number)) Use(await chunks.ReadChunkAsync(id, number, cancellationToken), number);
        return Copy(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        if (NeedsChunk(out var number)) Use(chunks.ReadChunk(id, number), number);
        return Copy(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => position,
        _ => length,
    };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool NeedsChunk(out int number)
    {
        number = (int)(position / ContentChunks.ChunkLength);
        return position < length && number != chunkNumber;
    }

    private void Use(byte[] bytes, int number) => (chunk, chunkNumber) = (bytes, number);

    private int Copy(Span<byte> target)
    {
        if (position >= length) return 0;

        var rest = chunk.AsSpan((int)(position % ContentChunks.ChunkLength));
        var count = Math.Min(rest.Length, target.Length);
        rest[..count].CopyTo(target);
        position += count;
        return count;
    }
}
