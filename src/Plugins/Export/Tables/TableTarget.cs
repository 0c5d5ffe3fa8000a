using System.Data.Common;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Export.Tables;

/// <summary>
/// A table that rows get into all at once. They are loaded into a staging table beside it, which takes as long as it takes, and moved by one
/// transaction at the end; whenever an export ends, is cancelled or killed, the table holds the old data or the new.
/// </summary>
internal abstract class TableTarget(DbConnection connection, string staging) : IAsyncDisposable
{
    /// <summary>In their order.</summary>
    public abstract IReadOnlyList<TableColumn> Columns { get; }

    protected DbConnection Connection => connection;

    protected string StagingName => staging;

    /// <summary>Quoted, with its schema.</summary>
    protected abstract string Table { get; }

    /// <summary>Quoted, with its schema.</summary>
    protected abstract string Staging { get; }

    /// <param name="source">Of the kind mysql or postgresql.</param>
    /// <param name="table">Exists.</param>
    /// <param name="staging">The same for all attempts at this export, and for no other.</param>
    /// <param name="cancellationToken">Of the opening.</param>
    public static async Task<TableTarget> OpenAsync(DataSource source, TableName table, string staging, CancellationToken cancellationToken)
    {
        if (source.Kind is not (DataSourceKinds.PostgreSql or DataSourceKinds.MySql))
            throw new ExportException("export.table", $"Tables of the kinds {DataSourceKinds.MySql} and {DataSourceKinds.PostgreSql} can be filled, and '{source.Name}' is {source.Kind}.");

        var connection = await ExportConnections.OpenAsync(source, cancellationToken);
        try
        {
            return source.Kind == DataSourceKinds.PostgreSql
                ? await PostgreSqlTable.FindAsync(connection, table, staging, cancellationToken)
                : await MySqlTable.FindAsync(connection, table, staging, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Ends whatever an earlier attempt still does on the server, and keeps later ones away until this object is disposed. An attempt that was
    /// given up may be alive, on a machine that was cut off.
    /// </summary>
    public abstract Task ClaimAsync(CancellationToken cancellationToken);

    /// <summary>Makes the staging table anew.</summary>
    public abstract Task PrepareAsync(IReadOnlyList<MappedColumn> columns, CancellationToken cancellationToken);

    /// <summary>Rows into the staging table.</summary>
    public abstract Task<RowWriter> WriteAsync(IReadOnlyList<MappedColumn> columns, CancellationToken cancellationToken);

    /// <summary>The last transaction. Safe to repeat: a second time finds that the first got through.</summary>
    public abstract Task CommitAsync(TableCommit commit, CancellationToken cancellationToken);

    /// <summary>Removes the staging table, if there is one.</summary>
    public abstract Task DropStagingAsync(CancellationToken cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Columns of the key or partition, as the table has them.</summary>
    /// <exception cref="ExportException">They are not columns that get values.</exception>
    public IReadOnlyList<string> Match(IReadOnlyList<string> names, IReadOnlyList<MappedColumn> columns)
    {
        var places = names.Select(name => ColumnMapping.Find(columns, column => column.To.Name, name)).ToList();
        return places.IndexOf(-1) is >= 0 and var bad
            ? throw new ExportException("export.columns",
                $"'{names[bad]}' is no column of {Table} that the rows fill{NearestName.Hint(names[bad], columns.Select(column => column.To.Name))}")
            : [.. places.Select(place => columns[place].To.Name)];
    }

    protected abstract string Quote(string name);

    /// <summary>What a value of the staging table becomes in the table.</summary>
    protected virtual string Moved(string column) => $"s.{Quote(column)}";

    /// <summary>The end of an INSERT that updates rows it finds by their key.</summary>
    protected abstract string OnDuplicate(IReadOnlyList<string> columns, IReadOnlyList<string> key);

    /// <exception cref="ExportException">Rows could be found by something else than the key.</exception>
    protected virtual Task CheckKeyAsync(IReadOnlyList<string> columns, IReadOnlyList<string> key, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Deletes the rows of the table (<c>t</c>) that one of the staging table (<c>n</c>) agrees with.</summary>
    protected abstract string Delete(string keys, string condition);

    /// <summary>Equal, or both NULL.</summary>
    protected abstract string SameOrBothNull(string left, string right);

    /// <summary>Inside the last transaction.</summary>
    protected async Task MoveAsync(TableCommit commit, CancellationToken cancellationToken)
    {
        var rows = Convert.ToInt64(await connection.AskAsync($"SELECT count(*) FROM {Staging}", cancellationToken));
        if (rows != commit.Rows)
            throw new ExportException("export.staging-lost", $"{Staging} holds {rows} rows and not {commit.Rows}: the database has lost some, in a crash perhaps.");

        if (commit.Mode == WriteMode.Overwrite) await connection.RunAsync($"DELETE FROM {Table}", cancellationToken);
        if (commit.Mode == WriteMode.ReplacePartition) await ClearPartitionsAsync(commit.Matched, cancellationToken);
        var columns = await StagedAsync(cancellationToken);
        if (commit.Mode == WriteMode.Upsert)
        {
            await CheckKeyAsync(columns, commit.Matched, cancellationToken);
            await RefuseDuplicatesAsync(commit.Matched, cancellationToken);
        }

        var names = string.Join(", ", columns.Select(Quote));
        var values = string.Join(", ", columns.Select(Moved));
        var end = commit.Mode == WriteMode.Upsert ? OnDuplicate(columns, commit.Matched) : "";
        await connection.RunAsync($"INSERT INTO {Table} ({names}) SELECT {values} FROM {Staging} AS s{end}", cancellationToken);
    }

    private async Task<List<string>> StagedAsync(CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {Staging} LIMIT 0";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private async Task ClearPartitionsAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var anyNull = string.Join(" OR ", columns.Select(column => $"s.{Quote(column)} IS NULL"));
        var hasNull = await connection.AskAsync($"SELECT 1 FROM {Staging} AS s WHERE {anyNull} LIMIT 1", cancellationToken) is not null;

        var keys = string.Join(", ", columns.Select((column, i) => $"{Moved(column)} AS k{i}"));
        var condition = string.Join(" AND ", columns.Select((column, i) =>
            hasNull ? SameOrBothNull($"t.{Quote(column)}", $"n.k{i}") : $"t.{Quote(column)} = n.k{i}"));
        await connection.RunAsync(Delete(keys, condition), cancellationToken);
    }

    private async Task RefuseDuplicatesAsync(IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var keys = string.Join(", ", columns.Select(Moved));
        var none = string.Join(" AND ", columns.Select(column => $"s.{Quote(column)} IS NOT NULL"));
        var sql = $"SELECT {Moved(columns[0])} FROM {Staging} AS s WHERE {none} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1";
        if (await connection.AskAsync(sql, cancellationToken) is { } value)
            throw new ExportException("export.duplicate-key", $"Several rows have the same key ({string.Join(", ", columns)}), one of them {columns[0]} = {value}: which of them to keep?");
    }
}
