using Npgsql;
using NpgsqlTypes;
using Scheduler.Silo.Storage.PostgreSql;

namespace Scheduler.Silo.Storage.Journal;

/// <summary>
/// Appends on their way to PostgreSQL, turned into columns: whatever their number they make one statement for the rows, one for new
/// heads and one for changed heads, sent together as one transaction. The lists are reused from batch to batch.
/// </summary>
internal sealed class JournalBatch(int maxLength)
{
    /// <summary>Snapshots make batches heavy long before they make them long.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    private const string InsertRows = """
        INSERT INTO execution_event (execution_id, sequence, epoch, payload) SELECT * FROM unnest($1, $2, $3, $4)
        """;

    private readonly List<long> executions = [];
    private readonly List<int> sequences = [];
    private readonly List<Guid> epochs = [];
    private readonly List<byte[]> payloads = [];
    private readonly HeadCreations creations = new();
    private readonly HeadUpdates updates = new();
    private long bytes;

    public int Count => executions.Count;

    /// <summary>False when it must wait for the next batch: this one is full, or changes the same head already.</summary>
    public bool TryAdd(PendingAppend pending)
    {
        var append = pending.Append;
        if (Count > 0 && (Count >= maxLength || bytes + pending.Size > MaxBytes)) return false;
        if (append.Head is HeadChange.Update update && !updates.TryAdd(append.ExecutionId, append.Row.Sequence, update)) return false;
        if (append.Head is HeadChange.Create create) creations.Add(create);

        executions.Add(append.ExecutionId);
        sequences.Add(append.Row.Sequence);
        epochs.Add(append.Row.Epoch);
        payloads.Add(append.Row.Payload.AsArray());
        bytes += pending.Size;
        return true;
    }

    public void Clear()
    {
        executions.Clear();
        sequences.Clear();
        epochs.Clear();
        payloads.Clear();
        creations.Clear();
        updates.Clear();
        bytes = 0;
    }

    /// <summary>One round trip, one implicit transaction: all of it or nothing.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, TimeSpan timeout)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = (int)Math.Ceiling(timeout.TotalSeconds) };
        await using var closing = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertRows)
        {
            Parameters =
            {
                Column.Of(executions, NpgsqlDbType.Bigint),
                Column.Of(sequences, NpgsqlDbType.Integer),
                Column.Of(epochs, NpgsqlDbType.Uuid),
                Column.Of(payloads, NpgsqlDbType.Bytea),
            },
        });
        if (creations.ToCommand() is { } create) batch.BatchCommands.Add(create);
        if (updates.ToCommand() is { } update) batch.BatchCommands.Add(update);
        await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
