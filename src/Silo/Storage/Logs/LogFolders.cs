namespace Scheduler.Silo.Storage.Logs;

/// <summary>Folders of log files: one for each execution, a thousand of them in a group.</summary>
internal static class LogFolders
{
    public const int ExecutionsPerFolder = 1_000;

    /// <summary>Such as <c>logs/12</c>.</summary>
    public static string GroupOf(string dataDirectory, long executionId) =>
        Path.Combine(dataDirectory, "logs", $"{executionId / ExecutionsPerFolder}");

    /// <summary>Such as <c>logs/12/12345</c>.</summary>
    public static string FolderOf(string dataDirectory, long executionId) =>
        Path.Combine(GroupOf(dataDirectory, executionId), $"{executionId}");
}
