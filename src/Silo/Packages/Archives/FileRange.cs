using Microsoft.Win32.SafeHandles;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>A part of an open file as a stream to read forwards. Does not own the file.</summary>
internal sealed class FileRange(SafeFileHandle file, long offset, long length) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, length - position);
        var read = wanted == 0 ? 0 : RandomAccess.Read(file, buffer[..wanted], offset + position);
        position += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, length - position);
        var read = wanted == 0 ? 0 : await RandomAccess.ReadAsync(file, buffer[..wanted], offset + position, cancellationToken);
        position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
