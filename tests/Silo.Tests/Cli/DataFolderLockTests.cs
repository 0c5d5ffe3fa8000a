using Scheduler.Silo.Cli;

namespace Scheduler.Silo.Tests.Cli;

public sealed class DataFolderLockTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_folder_belongs_to_one_engine_until_it_lets_go()
    {
        var data = Path.Combine(folder, "new");
        using (var first = DataFolderLock.Take(data))
        {
            Assert.Equal(data, first?.Folder);
            Assert.Null(DataFolderLock.Take(data));
        }

        using var next = DataFolderLock.Take(data);
        Assert.NotNull(next);
    }
}
