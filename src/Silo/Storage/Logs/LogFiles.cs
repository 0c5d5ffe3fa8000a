using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>
/// Where the log of an attempt lies: <c>logs/12/12345/7.1.log</c> holds its head, and once that is full a folder <c>7.1.tail</c>
/// holds the segments of its tail, named by the position of their first byte.
/// </summary>
internal sealed class LogFiles(string dataDirectory, AttemptId attempt)
{
    public string Folder { get; } = LogFolders.FolderOf(dataDirectory, attempt.ExecutionId);

    public string Head => Path.Combine(Folder, $"{attempt.Node}.{attempt.Number}.log");

    public string Tail => Path.Combine(Folder, $"{attempt.Node}.{attempt.Number}.tail");

    public string Segment(long position) => Path.Combine(Tail, $"{position}");

    /// <summary>Where the segments begin, ascending; empty when there is no tail.</summary>
    public IReadOnlyList<long> FindSegments()
    {
        try
        {
            return [.. Directory.EnumerateFiles(Tail).Select(path => long.Parse(Path.GetFileName(path))).Order()];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
