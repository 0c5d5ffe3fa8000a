using System.Data.Common;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Export;

/// <summary>A query that runs on its server, row by row. Leaving it before its end stops it there.</summary>
internal sealed class QueryRows : IAsyncDisposable
{
    private static readonly char[] s_end = [';', ' ', '\t', '\r', '\n'];

    private readonly DbConnection _connection;
    private readonly DbCommand _command;

    private QueryRows(DbConnection connection, DbCommand command, DbDataReader reader) => (_connection, _command, Reader) = (connection, command, reader);

    public DbDataReader Reader { get; }

    /// <summary>All rows were read; nothing is left to stop.</summary>
    public bool IsComplete { private get; set; }

    public static async Task<QueryRows> OpenAsync(DataSource source, string sql, CancellationToken cancellationToken)
    {
        var connection = await ExportConnections.OpenAsync(source, cancellationToken);
        DbCommand? command = null;
        try
        {
            command = connection.CreateCommand();
            command.CommandText = sql.TrimEnd(s_end);
            command.CommandTimeout = 0;
            var rows = new QueryRows(connection, command, await command.ExecuteReaderAsync(cancellationToken));
            return rows.Reader.FieldCount > 0 ? rows : throw new ExportException("export.no-rows", "The statement returns no rows; an export needs a query.");
        }
        catch
        {
            if (command is not null) await command.DisposeAsync();
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A reader that is closed early would first read all the rest.
        if (!IsComplete) TryCancel();
        try
        {
            await Reader.DisposeAsync();
        }
        catch (DbException) when (!IsComplete)
        {
            // The query says that it was stopped.
        }

        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private void TryCancel()
    {
        try
        {
            _command.Cancel();
        }
        catch (DbException)
        {
            // The connection is gone, and the query with it.
        }
    }
}
