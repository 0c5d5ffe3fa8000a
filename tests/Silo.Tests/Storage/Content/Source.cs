namespace Scheduler.Silo.Tests.Storage.Content;

/// <summary>A long stream that is made while it is read, and can break.</summary>
internal sealed class Source(long length, long breaksAt = long.MaxValue, Action? onRead = null) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (position >= breaksAt) throw new InvalidDataException("The source broke");

        var count = (int)Math.Min(Math.Min(buffer.Length, 10_007), length - position);
        for (var i = 0; i < count; i++) buffer[i] = (byte)((position + i) * 31 >> 3);
        position += count;
        onRead?.Invoke();
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
