using Scheduler.Silo.Storage.Logs;

namespace Scheduler.Silo.Tests.Storage.Logs;

public sealed class FileLogStoreTests(SqliteStorage storage) : LogStoreTests(storage), IClassFixture<SqliteStorage>
{
    [Fact]
    public async Task Attempts_that_write_the_first_lines_of_an_execution_at_the_same_moment_all_get_their_log()
    {
        for (var execution = 900_000; execution < 902_000; execution++)
            await Task.WhenAll(Enumerable.Range(0, 8).Select(node => Task.Run(async () =>
            {
                await using var writer = await storage.Silo.Logs.OpenWriterAsync(new(execution, node, 1), isFirst: false, default);
                await writer.WriteAsync("line\n"u8.ToArray(), default);
            })));
    }

    [Fact]
    public async Task An_attempt_that_writes_nothing_leaves_no_file()
    {
        var attempt = NewAttempt();
        await using (var writer = await Silo.Logs.OpenWriterAsync(attempt, isFirst: false, default)) await writer.FlushAsync(default);

        Assert.False(Directory.Exists(new LogFiles(Storage.Options.DataDirectory, attempt).Folder));
    }
}
