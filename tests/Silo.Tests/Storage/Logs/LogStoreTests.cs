using System.Text;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Storage.Logs;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Storage.Logs;

/// <summary>What every log store must do.</summary>
public abstract partial class LogStoreTests(StorageFixture storage) : IAsyncLifetime
{
    protected const long Cap = 1024 * 1024;

    private static long lastExecution = 1_000;

    internal SiloStores Silo { get; } = storage.OpenSilo(new LogOptions { MaxBytesPerAttempt = Cap, MaxUnstoredBytes = 4 * 1024 * 1024 });

    protected StorageFixture Storage => storage;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Silo.DisposeAsync();

    [Fact]
    public async Task Lines_come_back_as_one_run_of_bytes()
    {
        var attempt = NewAttempt();
        await WriteAsync(attempt, [.. Enumerable.Range(0, 100).Select(i => $"line {i}\n")]);

        Assert.Equal(string.Concat(Enumerable.Range(0, 100).Select(i => $"line {i}\n")), await ReadAllAsync(attempt));
    }

    [Fact]
    public async Task Any_range_is_clamped_to_what_is_there()
    {
        var attempt = NewAttempt();
        await WriteAsync(attempt, "0123456789");

        async Task<(long, string, long)> Read(long offset, int length)
        {
            var slice = await Silo.Logs.ReadAsync(attempt, offset, length, default);
            return (slice.Offset, Encoding.UTF8.GetString(slice.Bytes.Span), slice.TotalLength);
        }

        Assert.Equal((2, "2345", 10), await Read(2, 4));
        Assert.Equal((8, "89", 10), await Read(8, 100));
        Assert.Equal((10, "", 10), await Read(10, 5));
        Assert.Equal((10, "", 10), await Read(999, 5));
        Assert.Equal((0, "", 10), await Read(0, 0));
        Assert.Equal((0, "0123", 10), await Read(-3, 4));
        Assert.Equal((0, "0123456789", 10), await Read(0, int.MaxValue));
    }

    [Fact]
    public async Task An_attempt_without_a_log_reads_as_empty()
    {
        var slice = await Silo.Logs.ReadAsync(NewAttempt(), 5, 10, default);

        Assert.Equal((0, 0, 0), (slice.Offset, slice.Bytes.Length, slice.TotalLength));
    }

    [Fact]
    public async Task What_is_flushed_is_readable_elsewhere_while_the_attempt_runs()
    {
        var attempt = NewAttempt();
        await using var other = storage.OpenSilo();
        await using var writer = await Silo.Logs.OpenWriterAsync(attempt, isFirst: false, default);

        await writer.WriteAsync("first"u8.ToArray(), default);
        await writer.FlushAsync(default);
        Assert.Equal("first", await ReadAllAsync(attempt, other.Logs));

        await writer.WriteAsync(" second"u8.ToArray(), default);
        await writer.FlushAsync(default);
        Assert.Equal("first second", await ReadAllAsync(attempt, other.Logs));
    }

    [Fact]
    public async Task What_is_not_flushed_becomes_readable_by_itself()
    {
        var attempt = NewAttempt();
        await using var writer = await Silo.Logs.OpenWriterAsync(attempt, isFirst: false, default);
        await writer.WriteAsync("soon"u8.ToArray(), default);

        await Eventually.TrueAsync(async () => await ReadAllAsync(attempt) == "soon");
    }

    [Fact]
    public async Task A_writer_takes_a_copy()
    {
        var attempt = NewAttempt();
        var buffer = "before"u8.ToArray();
        await using (var writer = await Silo.Logs.OpenWriterAsync(attempt, isFirst: false, default))
        {
            await writer.WriteAsync(buffer, default);
            "after!"u8.CopyTo(buffer);
        }

        Assert.Equal("before", await ReadAllAsync(attempt));
    }

    [Fact]
    public async Task Binary_output_survives_unchanged()
    {
        var attempt = NewAttempt();
        var bytes = new byte[300_000];
        new Random(7).NextBytes(bytes);
        await using (var writer = await Silo.Logs.OpenWriterAsync(attempt, isFirst: false, default)) await writer.WriteAsync(bytes, default);

        Assert.Equal(bytes, (await Silo.Logs.ReadAsync(attempt, 0, int.MaxValue, default)).Bytes.ToArray());
        Assert.Equal(bytes[99_000..165_000], (await Silo.Logs.ReadAsync(attempt, 99_000, 66_000, default)).Bytes.ToArray());
    }

    [Fact]
    public async Task A_second_writer_goes_on_behind_what_is_stored()
    {
        var attempt = NewAttempt();
        await WriteAsync(attempt, "one ");
        await WriteAsync(attempt, "two ");
        await using (var restarted = storage.OpenSilo())
        await using (var writer = await restarted.Logs.OpenWriterAsync(attempt, isFirst: false, default))
            await writer.WriteAsync("three"u8.ToArray(), default);

        Assert.Equal("one two three", await ReadAllAsync(attempt));
    }

    [Fact]
    public async Task Attempts_of_one_node_have_logs_of_their_own()
    {
        var first = NewAttempt();
        var second = first with { Number = 2 };
        await Task.WhenAll(WriteAsync(first, "first"), WriteAsync(second, "second"), WriteAsync(first with { Node = 9 }, "other node"));

        Assert.Equal("first", await ReadAllAsync(first));
        Assert.Equal("second", await ReadAllAsync(second));
    }

    [Fact]
    public async Task Many_attempts_write_at_once()
    {
        var attempts = Enumerable.Range(0, 500).Select(_ => NewAttempt()).ToList();
        await Task.WhenAll(attempts.Select(attempt => Task.Run(() => WriteAsync(attempt, "a\n", "b\n", $"{attempt}\n"))));

        foreach (var attempt in attempts) Assert.Equal($"a\nb\n{attempt}\n", await ReadAllAsync(attempt));
    }

    internal static AttemptId NewAttempt() => new(Interlocked.Increment(ref lastExecution), 3, 1);

    internal async Task WriteAsync(AttemptId attempt, params string[] parts)
    {
        await using var writer = await Silo.Logs.OpenWriterAsync(attempt, isFirst: false, default);
        foreach (var part in parts) await writer.WriteAsync(Encoding.UTF8.GetBytes(part), default);
    }

    internal async Task<string> ReadAllAsync(AttemptId attempt, ILogStore? store = null) =>
        Encoding.UTF8.GetString((await (store ?? Silo.Logs).ReadAsync(attempt, 0, int.MaxValue, default)).Bytes.Span);
}
