namespace Scheduler.Silo.Cli.Run;

/// <summary>A fresh folder of the system's for temporary files that only this user may enter; removed with all in it on disposal.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("scheduler-run-").FullName;

    public void Dispose()
    {
        for (var triesLeft = 5; ; triesLeft--)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Somebody may still be removing or writing files in it; most often it works the second time.
                if (triesLeft > 0 && Directory.Exists(Path)) continue;
                if (Directory.Exists(Path)) Console.Error.WriteLine($"The temporary folder {Path} could not be removed: {exception.Message}");
                return;
            }
        }
    }
}
