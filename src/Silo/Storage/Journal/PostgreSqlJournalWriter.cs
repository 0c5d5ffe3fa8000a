using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Scheduler.Contracts;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>
/// Merges the appends of all executions of this silo: one loop, one connection, and in each commit everything that gathered while
/// the one before was in flight. There is no timer; the commit in flight is the wait.
/// </summary>
/// <remarks>
/// A writer that is idle sends on the thread of whoever brings the next row: waking another one would cost a fifth of the time that a
/// step of a chain takes. So nothing here may go back to the scheduler it came from, which is that of a grain.
/// Order is kept, through failures too: while the server is out of reach the batch is repeated and the queue behind it stands still.
/// After a failure anything may have been stored, so before a repetition the rows in place are compared by epoch.
/// </remarks>
internal sealed partial class PostgreSqlJournalWriter : IAsyncDisposable
{
    private const string FindRows = """
        SELECT wanted.position, row.epoch
        FROM unnest($1, $2) WITH ORDINALITY AS wanted(execution_id, sequence, position)
        JOIN execution_event row ON row.execution_id = wanted.execution_id AND row.sequence = wanted.sequence
        """;

    private readonly Channel<PendingAppend> queue;
    private readonly NpgsqlDataSource source;
    private readonly DatabaseOptions options;
    private readonly ILogger logger;
    private readonly JournalBatch batch;
    private readonly Backoff outage;
    private readonly Task loop;
    private NpgsqlConnection? connection;

    public PostgreSqlJournalWriter(NpgsqlDataSource source, DatabaseOptions options, TimeProvider clock, ILogger logger)
    {
        this.source = source;
        this.options = options;
        this.logger = logger;
        batch = new JournalBatch(options.BatchLength);
        outage = new Backoff(clock, options.Patience);
        queue = Channel.CreateBounded<PendingAppend>(
            new BoundedChannelOptions(options.QueueLength) { SingleReader = true, AllowSynchronousContinuations = true });
        loop = Task.Run(LoopAsync);
    }

    /// <summary>Completes after the commit. Cancelling gives up the place before the queue, never an append that has been taken.</summary>
    public ValueTask AppendAsync(JournalAppend append, CancellationToken cancellationToken)
    {
        var pending = new PendingAppend(append);
        return queue.Writer.TryWrite(pending) ? new ValueTask(pending.Task) : WaitAndAppendAsync(pending, cancellationToken);
    }

    /// <summary>Completes when everything taken so far has been stored or has failed.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await DisconnectAsync().ConfigureAwait(false);
    }

    private async ValueTask WaitAndAppendAsync(PendingAppend pending, CancellationToken cancellationToken)
    {
        await queue.Writer.WriteAsync(pending, cancellationToken);
        await pending.Task;
    }

    private async Task LoopAsync()
    {
        var taken = new List<PendingAppend>(options.BatchLength);

        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            taken.Clear();
            batch.Clear();
            while (queue.Reader.TryPeek(out var next) && batch.TryAdd(next) && queue.Reader.TryRead(out _)) taken.Add(next);
            await StoreAsync(taken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends when each of them has its answer. The batch holds exactly these when it begins.</summary>
    private async Task StoreAsync(List<PendingAppend> open)
    {
        for (var mayBeStored = false; open.Count > 0; mayBeStored = true)
        {
            try
            {
                connection ??= await source.OpenConnectionAsync().ConfigureAwait(false);
                if (mayBeStored) await SettleAsync(connection, open).ConfigureAwait(false);
                if (batch.Count > 0) await batch.WriteAsync(connection, options.Patience).ConfigureAwait(false);

                foreach (var pending in open) pending.TrySetResult();
                outage.Reset();
                return;
            }
            catch (Exception exception) when (PostgreSqlErrors.IsUnavailable(exception) || PostgreSqlErrors.IsSacrificed(exception))
            {
                LogInterrupted(open.Count, exception.Message);
                await DisconnectAsync().ConfigureAwait(false);
                if (await outage.TryWaitAsync(CancellationToken.None).ConfigureAwait(false)) continue;
                Fail(open, new StorageUnavailableException("The journal could not be written in time", exception));
                return;
            }
            catch (Exception exception) when (PostgreSqlErrors.IsDuplicate(exception) && !mayBeStored)
            {
                LogCollision(open.Count);
            }
            catch (Exception) when (open.Count > 1)
            {
                await StoreApartAsync([.. open]).ConfigureAwait(false);
                return;
            }
#pragma warning disable CA1031 // It belongs to the one append left, and the loop must live on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail(open, exception);
                return;
            }
        }
    }

    /// <summary>One of them spoils the transaction for all: each gets its own.</summary>
    private async Task StoreApartAsync(List<PendingAppend> appends)
    {
        foreach (var append in appends)
        {
            batch.Clear();
            batch.TryAdd(append);
            await StoreAsync([append]).ConfigureAwait(false);
        }
    }

    /// <summary>Answers those whose row stands already, and leaves the others in the list and in the batch.</summary>
    private async Task SettleAsync(NpgsqlConnection connection, List<PendingAppend> open)
    {
        var command = new NpgsqlCommand(FindRows, connection)
        {
            Parameters =
            {
                Column.Of(open.ConvertAll(pending => pending.Append.ExecutionId), NpgsqlDbType.Bigint),
                Column.Of(open.ConvertAll(pending => pending.Append.Row.Sequence), NpgsqlDbType.Integer),
            },
        };
        await using var closing = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            while (await reader.ReadAsync().ConfigureAwait(false))
                open[(int)reader.GetInt64(0) - 1].Settle(reader.GetGuid(1));

        open.RemoveAll(pending => pending.Task.IsCompleted);
        batch.Clear();
        foreach (var pending in open) batch.TryAdd(pending);
    }

    private static void Fail(List<PendingAppend> appends, Exception exception)
    {
        foreach (var append in appends) append.TrySetException(exception);
    }

    private async Task DisconnectAsync()
    {
        if (connection is { } lost) await lost.DisposeAsync().ConfigureAwait(false);
        connection = null;
    }
}
