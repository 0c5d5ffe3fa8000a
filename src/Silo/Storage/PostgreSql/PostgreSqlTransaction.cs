using System.Data.Common;
using Npgsql;

namespace Scheduler.Silo.Storage.PostgreSql;

/// <summary>
/// Work that takes effect exactly once although the connection may be lost at any point. The one doubtful moment, a COMMIT without
/// an answer, is settled by asking the server what became of the transaction's id before anything is repeated.
/// </summary>
internal sealed class PostgreSqlTransaction<T>(Func<DbConnection, DbTransaction, Task<T>> work)
{
    private string? unanswered;
    private T? result;

    /// <summary>Not done means: ask again a little later.</summary>
    public async Task<(bool Done, T Result)> TryRunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        switch (unanswered is null ? "aborted" : await StatusAsync(connection, unanswered, cancellationToken))
        {
            case "committed": return (true, result!);
            case "in progress": return (false, result!);
        }

        unanswered = null;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        result = await work(connection, transaction);
        unanswered = await TransactionIdAsync(connection, transaction);
        await transaction.CommitAsync(CancellationToken.None);
        return (true, result);
    }

    /// <summary>Null when the transaction has written nothing.</summary>
    private static async Task<string?> TransactionIdAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand("SELECT pg_current_xact_id_if_assigned()::text", connection, transaction);
        return await command.ExecuteScalarAsync(CancellationToken.None) as string;
    }

    private static async Task<string?> StatusAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_xact_status($1::text::xid8)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
