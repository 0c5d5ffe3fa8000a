using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Timeline;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>
/// Logs of an embedded server, as plain files. Bytes are in the operating system's hands when a write returns: they survive the
/// process, and a crash of the machine may take the last seconds.
/// </summary>
internal sealed class FileLogStore(string dataDirectory, LogOptions options) : ILogStore
{
    private readonly LogCap cap = new(options.MaxBytesPerAttempt);

    public ValueTask<ILogWriter> OpenWriterAsync(AttemptId attempt, bool isFirst, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ILogWriter>(new FileLogWriter(new LogFiles(dataDirectory, attempt), cap));

    public async Task<LogSlice> ReadAsync(AttemptId attempt, long offset, int length, CancellationToken cancellationToken)
    {
        var files = new LogFiles(dataDirectory, attempt);
        var headEnd = LengthOf(files.Head);
        if (headEnd == 0) return new LogSlice(0, default, 0);

        var segments = files.FindSegments();
        var end = segments.Count == 0 ? headEnd : segments[^1] + LengthOf(files.Segment(segments[^1]));
        var log = segments.Count == 0 ? KeptLog.Whole(headEnd) : new KeptLog(headEnd, segments[0], end);
        return await log.ReadAsync(offset, length, (position, target) =>
            ValueTask.FromResult(Fetch(files, position < headEnd ? null : segments, position, target)));
    }

    /// <param name="files">The log's files.</param>
    /// <param name="segments">Null for the head.</param>
    /// <param name="position">Of the first byte wanted.</param>
    /// <param name="target">Takes the bytes.</param>
    private static int Fetch(LogFiles files, IReadOnlyList<long>? segments, long position, Memory<byte> target)
    {
        if (segments is null) return ReadFile(files.Head, position, target.Span);

        var filled = 0;
        for (var i = 0; i < segments.Count && filled < target.Length; i++)
        {
            var segmentEnd = i + 1 < segments.Count ? segments[i + 1] : long.MaxValue;
            if (position + filled >= segmentEnd) continue;

            var wanted = (int)Math.Min(target.Length - filled, segmentEnd - position - filled);
            var found = ReadFile(files.Segment(segments[i]), position + filled - segments[i], target.Span.Slice(filled, wanted));
            filled += found;
            if (found < wanted) break;
        }

        return filled;
    }

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    /// <returns>Bytes read; 0 when the file has gone meanwhile.</returns>
    private static int ReadFile(string path, long offset, Span<byte> target)
    {
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var filled = 0;
            while (filled < target.Length && RandomAccess.Read(file, target[filled..], offset + filled) is > 0 and var read) filled += read;
            return filled;
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }
}
