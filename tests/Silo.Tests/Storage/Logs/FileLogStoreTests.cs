using Scheduler.Silo.Storage.Logs;

namespace Scheduler.Silo.Tests.Storage.Logs;

public sealed class FileLogStoreTests(SqliteStorage storage) : LogStoreTests(storage), IClassFixture<SqliteStorage>
{
    [Fact]
    public async Task An_attempt_that_writes_nothing_leaves_no_file()
    {
        var attempt = NewAttempt();
        await using (var writer = await Silo.Logs.OpenWriterAsync(attempt, default)) await writer.FlushAsync(default);

        Assert.False(Directory.Exists(new LogFiles(Storage.Options.DataDirectory, attempt).Folder));
    }
}
