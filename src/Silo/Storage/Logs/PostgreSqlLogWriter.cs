using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Storage.Logs;

/// <summary>
/// Collects the bytes of one attempt in pages, which the silo's shipper takes away. Pages of one attempt are stored in order, so a
/// reader never sees a hole.
/// </summary>
internal sealed class PostgreSqlLogWriter(AttemptId attempt, bool isFirst, LogShipper shipper, LogChunks chunks, LogCap cap) : ILogWriter
{
    private readonly Lock gate = new();
    private List<LogPage> pages = [];
    private List<TaskCompletionSource> flushes = [];
    private bool isAnnounced;
    private LogAccount? account;
    private long headEnd;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (!bytes.IsEmpty) account ??= await OpenAsync(cancellationToken);

        while (!bytes.IsEmpty)
        {
            var taken = AppendToPage(bytes.Span);
            bytes = bytes[taken..];
            if (taken > 0) continue;

            await shipper.ReservePageAsync(cancellationToken);
            bytes = bytes[BeginPage(bytes.Span)..];
        }
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (account is null) return;

        var flush = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            flushes.Add(flush);
            Announce(urgently: true);
        }

        await flush.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Flushes.</summary>
    public ValueTask DisposeAsync() => FlushAsync(CancellationToken.None);

    /// <summary>Called by the shipper: takes everything written so far, and those who wait for it to be stored.</summary>
    public void TakeAll(List<LogPage> pagesTaken, List<TaskCompletionSource> flushesTaken)
    {
        lock (gate)
        {
            isAnnounced = false;
            pagesTaken.AddRange(pages);
            flushesTaken.AddRange(flushes);
            pages = [];
            flushes = [];
        }
    }

    /// <summary>0 when there is no page with room.</summary>
    private int AppendToPage(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (pages.Count == 0 || pages[^1].IsFull) return 0;
            return AppendTo(pages[^1], bytes);
        }
    }

    /// <summary>A page is never seen empty: its position must not be taken twice.</summary>
    private int BeginPage(ReadOnlySpan<byte> bytes)
    {
        LogGap? gap = null;
        if (!account!.IsInTail) headEnd = account.End;
        if (account.TryBeginSegment())
            while (account.TryDrop(out _)) gap = new LogGap(headEnd, account.TailStart);

        var page = new LogPage(attempt, account.End, (int)Math.Min(account.Room, LogPage.Size)) { Gap = gap };
        lock (gate)
        {
            pages.Add(page);
            return AppendTo(page, bytes);
        }
    }

    private int AppendTo(LogPage page, ReadOnlySpan<byte> bytes)
    {
        var taken = page.Append(bytes);
        account!.Advance(taken);
        Announce(urgently: page.IsFull);
        return taken;
    }

    /// <summary>Called under the lock.</summary>
    private void Announce(bool urgently)
    {
        if (!isAnnounced) shipper.Announce(this);
        isAnnounced = true;
        if (urgently) shipper.Hurry();
    }

    /// <summary>
    /// Goes on behind what is stored. Where older segments begin is not known any more, so the tail found counts as one: it goes as a
    /// whole, once as much again stands behind it.
    /// </summary>
    private async ValueTask<LogAccount> OpenAsync(CancellationToken cancellationToken)
    {
        if (isFirst) return new LogAccount(cap, [], end: 0);

        var log = await chunks.FindAsync(attempt, cancellationToken);
        headEnd = log.HeadEnd;
        return new LogAccount(cap, log.TailStart < log.End ? [log.TailStart] : [], log.End);
    }
}
