namespace Scheduler.Silo.Cli.Run;

/// <summary>A fresh folder of the system's for temporary files that only this user may enter; removed with all in it on disposal.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("scheduler-run-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A node may have left what this user cannot remove; that is no reason to fail what succeeded.
            Console.Error.WriteLine($"The temporary folder {Path} could not be removed: {exception.Message}");
        }
    }
}
