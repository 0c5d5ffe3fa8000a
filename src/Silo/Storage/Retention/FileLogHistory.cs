using System.Globalization;
using Scheduler.Silo.Storage.Logs;

namespace Scheduler.Silo.Storage.Retention;

/// <summary>Logs of an embedded server: a folder for each execution.</summary>
internal sealed class FileLogHistory(IDatabase database, string dataDirectory) : IHistory
{
    private readonly ExecutionHeads heads = new(database);
    private readonly string root = Path.Combine(dataDirectory, "logs");

    public HistoryKind Kind => HistoryKind.Logs;

    /// <summary>One for each folder of a thousand executions.</summary>
    public Task<IReadOnlyList<HistoryRange>> ListRangesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HistoryRange>>(
        [
            .. Numbers(root).Select(number =>
                new HistoryRange(number * LogFolders.ExecutionsPerFolder, (number + 1) * LogFolders.ExecutionsPerFolder, null)),
        ]);

    public Task<IReadOnlyList<KeptExecution>> ReadAsync(
        HistoryRange range, long after, int limit, CancellationToken cancellationToken)
    {
        var ids = Numbers(LogFolders.GroupOf(dataDirectory, range.From)).Where(id => id > after).Take(limit).ToList();
        return heads.WithGoneAsync(ids, cancellationToken);
    }

    public Task DeleteAsync(IReadOnlyList<long> executions, CancellationToken cancellationToken)
    {
        foreach (var id in executions)
        {
            Directory.Delete(LogFolders.FolderOf(dataDirectory, id), recursive: true);
            var group = LogFolders.GroupOf(dataDirectory, id);
            if (!Directory.EnumerateFileSystemEntries(group).Any()) Directory.Delete(group);
        }

        return Task.CompletedTask;
    }

    public Task DropAsync(HistoryRange range, CancellationToken cancellationToken) => throw new NotSupportedException("There are no partitions");

    /// <summary>Names of folders that are numbers, ascending.</summary>
    private static IEnumerable<long> Numbers(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateDirectories(folder)
            .Select(path => long.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(number => number >= 0)
            .Order();
}
