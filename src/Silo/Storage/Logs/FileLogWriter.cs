using Microsoft.Win32.SafeHandles;
using Scheduler.Contracts;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>Writes through: one system call per write, no buffer to lose. An attempt that writes nothing leaves no file.</summary>
internal sealed class FileLogWriter(LogFiles files, LogCap cap) : ILogWriter
{
    private LogAccount? account;
    private SafeFileHandle? file;

    /// <exception cref="StorageUnavailableException">
    /// The disk is full or broken; nothing behind the last whole write is promised.
    /// </exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            if (!bytes.IsEmpty) account ??= Open();
            while (!bytes.IsEmpty) bytes = bytes[WritePiece(account!, bytes.Span)..];
            return ValueTask.CompletedTask;
        }
        catch (IOException exception)
        {
            throw new StorageUnavailableException($"The log {files.Head} cannot be written: {exception.Message}", exception);
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        file?.Dispose();
        file = null;
        return ValueTask.CompletedTask;
    }

    /// <returns>How many of the bytes were written.</returns>
    private int WritePiece(LogAccount log, ReadOnlySpan<byte> bytes)
    {
        if (log.TryBeginSegment())
        {
            while (log.TryDrop(out var old)) File.Delete(files.Segment(old));
            Use(files.Segment(log.Segment));
        }

        var count = (int)Math.Min(bytes.Length, log.Room);
        RandomAccess.Write(file!, bytes[..count], log.IsInTail ? log.End - log.Segment : log.End);
        log.Advance(count);
        return count;
    }

    /// <summary>Goes on behind whatever an earlier writer has left.</summary>
    private LogAccount Open()
    {
        Use(files.Head);
        var headEnd = RandomAccess.GetLength(file!);
        var segments = headEnd == 0 ? [] : files.FindSegments();
        if (segments.Count == 0) return new LogAccount(cap, [], headEnd);

        Use(files.Segment(segments[^1]));
        return new LogAccount(cap, segments, segments[^1] + RandomAccess.GetLength(file!));
    }

    private void Use(string path)
    {
        file?.Dispose();
        file = null;
        try
        {
            file = OpenOrCreate(path);
        }
        catch (IOException exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
        {
            // The framework looks for the folder after it has failed: if another attempt has made it by then, the file is what is missing.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            file = OpenOrCreate(path);
        }
    }

    private static SafeFileHandle OpenOrCreate(string path) =>
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
}
