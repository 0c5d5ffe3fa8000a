namespace Scheduler.Silo.Cli;

/// <summary>
/// Keeps a data folder to one engine at a time: two on one embedded database would take each other's executions for abandoned.
/// The system gives it back when the process ends, however it does. Verbs that only change users do not need it.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream file;

    private DataFolderLock(string folder, FileStream file) => (Folder, this.file) = (folder, file);

    /// <summary>Full path.</summary>
    public string Folder { get; }

    /// <summary>Null when another process has it. The folder is made when it is missing.</summary>
    public static DataFolderLock? Take(string folder)
    {
        var full = Directory.CreateDirectory(folder).FullName;
        try
        {
            return new(full, new FileStream(Path.Combine(full, "scheduler.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
