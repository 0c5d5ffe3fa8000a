using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Scheduler.Contracts;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>
/// Carries the logs of all attempts of this silo to PostgreSQL, many in one commit: when a page is full, when somebody flushes, and
/// otherwise after the ship interval. Memory is bounded by a budget of pages that writers wait for.
/// </summary>
/// <remarks>
/// While the server is out of reach pages are kept and tried again for as long as the silo lives; flushes fail after the patience.
/// </remarks>
internal sealed partial class LogShipper : IAsyncDisposable
{
    private readonly Channel<PostgreSqlLogWriter> announced = Channel.CreateUnbounded<PostgreSqlLogWriter>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<bool> hurry = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim budget;
    private readonly LogChunks chunks;
    private readonly TimeSpan interval;
    private readonly TimeSpan patience;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Task loop;

    public LogShipper(LogChunks chunks, LogOptions options, TimeSpan patience, TimeProvider clock, ILogger logger)
    {
        this.chunks = chunks;
        this.patience = patience;
        this.clock = clock;
        this.logger = logger;
        interval = options.ShipInterval;
        budget = new SemaphoreSlim((int)Math.Max(1, options.MaxUnstoredBytes / LogPage.Size));
        loop = Task.Run(LoopAsync);
    }

    /// <summary>Waits for a page of the budget; it returns when the page has been stored.</summary>
    public async ValueTask ReservePageAsync(CancellationToken cancellationToken)
    {
        if (budget.Wait(0, CancellationToken.None)) return;
        Hurry();
        await budget.WaitAsync(cancellationToken);
    }

    /// <summary>There is something to take. A writer calls it once, until it has been taken from.</summary>
    /// <exception cref="ObjectDisposedException">The silo has stopped.</exception>
    public void Announce(PostgreSqlLogWriter writer) => ObjectDisposedException.ThrowIf(!announced.Writer.TryWrite(writer), this);

    /// <summary>Do not wait for the interval.</summary>
    public void Hurry() => hurry.Writer.TryWrite(true);

    /// <summary>Stores what has been announced. What cannot be stored now is dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        announced.Writer.TryComplete();
        Hurry();
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
        budget.Dispose();
    }

    private async Task LoopAsync()
    {
        var pages = new List<LogPage>();
        var flushes = new List<TaskCompletionSource>();

        while (await announced.Reader.WaitToReadAsync())
        {
            await WaitForIntervalAsync();
            while (announced.Reader.TryRead(out var writer)) writer.TakeAll(pages, flushes);

            await StoreAsync(pages, flushes);
            foreach (var page in pages) page.Release();
            if (pages.Count > 0) budget.Release(pages.Count);
            pages.Clear();
            flushes.Clear();
        }
    }

    private async Task WaitForIntervalAsync()
    {
        if (stopping.IsCancellationRequested) return;

        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        await Task.WhenAny(Task.Delay(interval, clock, done.Token), hurry.Reader.WaitToReadAsync(done.Token).AsTask());
        await done.CancelAsync();
        hurry.Reader.TryRead(out _);
    }

    private async Task StoreAsync(List<LogPage> pages, List<TaskCompletionSource> flushes)
    {
        var backoff = new Backoff(clock, patience);

        while (true)
        {
            try
            {
                if (pages.Count > 0) await chunks.StoreAsync(pages);
                foreach (var flush in flushes) flush.TrySetResult();
                return;
            }
            catch (Exception exception) when (PostgreSqlErrors.IsUnavailable(exception) || PostgreSqlErrors.IsSacrificed(exception))
            {
                if (stopping.IsCancellationRequested || !await backoff.TryWaitAsync(CancellationToken.None))
                {
                    Fail(flushes, new StorageUnavailableException("Logs could not be stored in time", exception));
                    LogWaiting(pages.Count, exception.Message);
                    if (stopping.IsCancellationRequested) return;
                    backoff.Reset();
                }
            }
#pragma warning disable CA1031 // The loop must live on; whoever flushes hears of it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail(flushes, exception);
                LogLost(pages.Count, exception);
                return;
            }
        }
    }

    private static void Fail(List<TaskCompletionSource> flushes, Exception exception)
    {
        foreach (var flush in flushes) flush.TrySetException(exception);
    }
}
