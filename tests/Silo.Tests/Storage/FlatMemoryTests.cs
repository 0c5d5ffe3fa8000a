using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Silo.Tests.Storage.Content;

namespace Scheduler.Silo.Tests.Storage;

/// <summary>The memory of the process is measured, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(MeasuresMemory), DisableParallelization = true)]
public sealed class MeasuresMemory;

[Collection(nameof(MeasuresMemory))]
public sealed class SqliteFlatMemoryTests(SqliteStorage storage) : FlatMemoryTests(storage), IClassFixture<SqliteStorage>
{
    private protected override Task<long> StoredBytesAsync(AttemptId attempt) => Task.FromResult(
        new DirectoryInfo(new LogFiles(Storage.Options.DataDirectory, attempt).Folder)
            .EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));
}

[Collection(nameof(MeasuresMemory))]
public sealed class PostgreSqlFlatMemoryTests(PostgreSqlStorage storage) : FlatMemoryTests(storage), IClassFixture<PostgreSqlStorage>
{
    private protected override async Task<long> StoredBytesAsync(AttemptId attempt)
    {
        await using var command = Storage.Silo.PostgreSql.Source.CreateCommand(
            $"SELECT sum(octet_length(bytes)) FROM log_chunk WHERE execution_id = {attempt.ExecutionId}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>What is large passes through without being held.</summary>
public abstract class FlatMemoryTests(StorageFixture storage)
{
    private const long Megabyte = 1024 * 1024;
    private const long Allowed = 24 * Megabyte;

    protected StorageFixture Storage => storage;

    [Fact]
    public async Task A_gigabyte_of_log_keeps_memory_flat_and_storage_bounded()
    {
        var options = new LogOptions { MaxBytesPerAttempt = 8 * Megabyte, MaxUnstoredBytes = 4 * Megabyte };
        await using var silo = storage.OpenSilo(options);
        var attempt = new AttemptId(1, 0, 1);
        var block = new byte[256 * 1024];
        var meter = new MemoryMeter();

        await using (var writer = await silo.Logs.OpenWriterAsync(attempt, isFirst: false, default))
            for (var i = 0; i < 1024 * Megabyte / block.Length; i++)
            {
                await writer.WriteAsync(block, default);
                meter.Passed(block.Length);
            }

        Assert.InRange(meter.Growth, long.MinValue, Allowed);
        Assert.InRange(await StoredBytesAsync(attempt), options.MaxBytesPerAttempt, options.MaxBytesPerAttempt * 17 / 16);
    }

    [Fact]
    public async Task A_hundred_megabytes_of_content_pass_through_with_flat_memory()
    {
        const long length = 100 * Megabyte;
        var meter = new MemoryMeter();
        var last = 0L;

        var (sha256, stored) = await storage.Silo.Content.PutAsync(new Source(length, onRead: () => meter.Passed(10_007)), default);

        await using var stream = await storage.Silo.Content.OpenAsync(sha256, default);
        var buffer = new byte[100_000];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            last += count;
            meter.Passed(count);
        }

        Assert.Equal((length, length), (stored, last));
        Assert.InRange(meter.Growth, long.MinValue, Allowed);
    }

    private protected abstract Task<long> StoredBytesAsync(AttemptId attempt);

    /// <summary>Looks at live memory after every 32 MiB.</summary>
    private sealed class MemoryMeter
    {
        private readonly long start = GC.GetTotalMemory(forceFullCollection: true);
        private long peak;
        private long passed;

        public long Growth => peak - start;

        public void Passed(long bytes)
        {
            passed += bytes;
            if (passed < 32 * Megabyte) return;

            passed = 0;
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }
    }
}
