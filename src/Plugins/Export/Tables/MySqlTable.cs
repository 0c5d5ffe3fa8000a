using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Scheduler.Plugins.Export.Rows;
using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Export.Tables;

/// <summary>
/// An InnoDB table of MySQL or MariaDB. Their statements that make and drop tables commit by themselves, so the last transaction is DELETE and
/// INSERT … SELECT, and what proves the commit is a mark: the only row of a small table beside the staging table, deleted by the
/// same transaction.
/// </summary>
internal sealed class MySqlTable : TableTarget
{
    private const int SecondsToClaim = 30;

    private readonly string _schema;
    private readonly string _name;

    private MySqlTable(DbConnection connection, string staging, string schema, string name, List<TableColumn> columns)
        : base(connection, staging) => (_schema, _name, Columns) = (schema, name, columns);

    public override IReadOnlyList<TableColumn> Columns { get; }

    protected override string Table => $"{Quote(_schema)}.{Quote(_name)}";

    protected override string Staging => $"{Quote(_schema)}.{Quote(StagingName)}";

    private string Mark => $"{Quote(_schema)}.{Quote($"{StagingName}_m")}";

    public static async Task<TableTarget> FindAsync(DbConnection connection, TableName table, string staging, CancellationToken cancellationToken)
    {
        var mysql = (MySqlConnection)connection;
        var schema = table.Schema ?? (string?)await connection.AskAsync("SELECT database()", cancellationToken)
            ?? throw new ExportException("export.table", $"The data source has no database; say which one '{table}' is in, as in sales.{table}.");
        var engine = await AskAsync(
            mysql, "SELECT coalesce(engine, 'view') FROM information_schema.tables WHERE table_schema = @schema AND table_name = @name", schema, table.Name, cancellationToken);
        if (engine.Count == 0)
        {
            var names = await AskAsync(mysql, "SELECT table_name FROM information_schema.tables WHERE table_schema = @schema LIMIT 10000", schema, table.Name, cancellationToken);
            throw new ExportException("export.table", $"There is no table '{table}'{NearestName.Hint(table.Name, names)}");
        }

        if (!engine[0].Equals("InnoDB", StringComparison.OrdinalIgnoreCase))
            throw new ExportException("export.table", $"'{table}' is kept by {engine[0]}, which has no transactions; an export fills InnoDB tables.");

        return new MySqlTable(connection, staging, schema, table.Name, await ColumnsAsync(mysql, schema, table.Name, cancellationToken));
    }

    public override async Task ClaimAsync(CancellationToken cancellationToken)
    {
        if (await Connection.AskAsync($"SELECT is_used_lock('{StagingName}')", cancellationToken) is { } holder)
        {
            try
            {
                await Connection.RunAsync($"KILL {Convert.ToInt64(holder, CultureInfo.InvariantCulture)}", cancellationToken);
            }
            catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchThread)
            {
                // It has just ended.
            }
        }

        if (Convert.ToInt64(await Connection.AskAsync($"SELECT get_lock('{StagingName}', {SecondsToClaim})", cancellationToken) ?? 0L, CultureInfo.InvariantCulture) != 1)
            throw new ExportException("export.busy", "An earlier attempt at this export still runs on the server and does not end.");
    }

    public override async Task PrepareAsync(IReadOnlyList<MappedColumn> columns, CancellationToken cancellationToken)
    {
        await DropStagingAsync(cancellationToken);
        var definitions = string.Join(", ", columns.Select(column => $"{Quote(column.To.Name)} {column.To.StagingType} NULL DEFAULT NULL"));
        await Connection.RunAsync($"CREATE TABLE {Staging} ({definitions}) ENGINE = InnoDB", cancellationToken);
        await Connection.RunAsync($"CREATE TABLE {Mark} (mark INT NOT NULL PRIMARY KEY) ENGINE = InnoDB", cancellationToken);
        await Connection.RunAsync($"INSERT INTO {Mark} VALUES (1)", cancellationToken);
    }

    public override async Task<RowWriter> WriteAsync(IReadOnlyList<MappedColumn> columns, CancellationToken cancellationToken)
    {
        var packet = Convert.ToInt64(await Connection.AskAsync("SELECT @@max_allowed_packet", cancellationToken), CultureInfo.InvariantCulture);
        var names = string.Join(", ", columns.Select(column => Quote(column.To.Name)));
        return new MySqlInsertWriter(Connection, $"INSERT INTO {Staging} ({names}) VALUES ", columns, packet);
    }

    public override async Task CommitAsync(TableCommit commit, CancellationToken cancellationToken)
    {
        await using (var transaction = await Connection.BeginTransactionAsync(cancellationToken))
        {
            try
            {
                if (await Connection.RunAsync($"DELETE FROM {Mark}", cancellationToken) == 1)
                {
                    await MoveAsync(commit, cancellationToken);
                    await transaction.CommitAsync(CancellationToken.None);
                }
            }
            catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchTable && e.Message.Contains(StagingName, StringComparison.Ordinal))
            {
                return;
            }
        }

        await DropStagingAsync(CancellationToken.None);
    }

    /// <summary>The mark goes last: while it is there and empty, it says that the commit got through.</summary>
    public override async Task DropStagingAsync(CancellationToken cancellationToken)
    {
        await Connection.RunAsync($"DROP TABLE IF EXISTS {Staging}", cancellationToken);
        await Connection.RunAsync($"DROP TABLE IF EXISTS {Mark}", cancellationToken);
    }

    protected override string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    protected override string OnDuplicate(IReadOnlyList<string> columns, IReadOnlyList<string> key)
    {
        var rest = columns.Except(key).DefaultIfEmpty(key[0]);
        return $" ON DUPLICATE KEY UPDATE {string.Join(", ", rest.Select(column => $"{Quote(column)} = VALUES({Quote(column)})"))}";
    }

    protected override string Delete(string keys, string condition) =>
        $"DELETE t FROM {Table} AS t JOIN (SELECT DISTINCT {keys} FROM {Staging} AS s) AS n ON {condition}";

    protected override string SameOrBothNull(string left, string right) => $"{left} <=> {right}";

    /// <summary>MySQL updates by any unique index that says no, so there must be no other that new rows could touch.</summary>
    protected override async Task CheckKeyAsync(IReadOnlyList<string> columns, IReadOnlyList<string> key, CancellationToken cancellationToken)
    {
        var indexes = await AskAsync(
            (MySqlConnection)Connection,
            "SELECT group_concat(column_name ORDER BY seq_in_index SEPARATOR '\n') FROM information_schema.statistics "
            + "WHERE table_schema = @schema AND table_name = @name AND non_unique = 0 GROUP BY index_name",
            _schema, _name, cancellationToken);
        var unique = indexes.Select(index => index.Split('\n')).ToList();
        if (!unique.Exists(index => index.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(key)))
            throw new ExportException("export.key", $"{Table} has no unique index on exactly ({string.Join(", ", key)}), by which upsert could find its rows.");
        if (unique.Find(index => !index.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(key) && index.All(columns.Contains)) is { } other)
            throw new ExportException("export.key", $"{Table} has another unique index, on ({string.Join(", ", other)}): MySQL would update the rows that it finds too.");
    }

    private static async Task<List<string>> AskAsync(MySqlConnection connection, string sql, string schema, string name, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        command.Parameters.AddWithValue("@schema", schema);
        command.Parameters.AddWithValue("@name", name);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> values = [];
        while (await reader.ReadAsync(cancellationToken)) values.Add(reader.GetString(0));
        return values;
    }

    private static async Task<List<TableColumn>> ColumnsAsync(MySqlConnection connection, string schema, string table, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            """
            SELECT column_name, data_type, column_type, numeric_scale, datetime_precision, is_nullable = 'NO' AND column_default IS NULL
                AND extra NOT LIKE '%auto_increment%', extra LIKE '%STORED%' OR extra LIKE '%VIRTUAL%' OR extra LIKE '%PERSISTENT%',
                character_set_name, collation_name
            FROM information_schema.columns WHERE table_schema = @schema AND table_name = @name ORDER BY ordinal_position
            """, connection);
        command.Parameters.AddWithValue("@schema", schema);
        command.Parameters.AddWithValue("@name", table);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<TableColumn> columns = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var (type, fullType) = (reader.GetString(1).ToLowerInvariant(), reader.GetString(2));
            var kind = KindOf(type, fullType.Contains("unsigned", StringComparison.OrdinalIgnoreCase));
            var charset = reader.IsDBNull(7) ? "" : $" CHARACTER SET {reader.GetString(7)} COLLATE {reader.GetString(8)}";
            int? scale = kind == ColumnKind.Decimal ? (reader.IsDBNull(3) ? 0 : Convert.ToInt32(reader.GetValue(3), CultureInfo.InvariantCulture))
                : reader.IsDBNull(4) ? null : Convert.ToInt32(reader.GetValue(4), CultureInfo.InvariantCulture);
            columns.Add(new TableColumn(reader.GetString(0), kind, fullType, fullType + charset, scale)
            {
                IsRequired = Convert.ToInt64(reader.GetValue(5), CultureInfo.InvariantCulture) != 0,
                IsGenerated = Convert.ToInt64(reader.GetValue(6), CultureInfo.InvariantCulture) != 0,
                IsDuration = true,
            });
        }

        return columns;
    }

    /// <summary>Names of information_schema. A timestamp is a moment: it is kept in UTC.</summary>
    private static ColumnKind? KindOf(string type, bool isUnsigned) => type switch
    {
        "tinyint" or "year" => ColumnKind.Int16,
        "smallint" => isUnsigned ? ColumnKind.Int32 : ColumnKind.Int16,
        "mediumint" => ColumnKind.Int32,
        "int" => isUnsigned ? ColumnKind.Int64 : ColumnKind.Int32,
        "bit" => ColumnKind.Int64,
        "bigint" => isUnsigned ? ColumnKind.Decimal : ColumnKind.Int64,
        "decimal" => ColumnKind.Decimal,
        "float" => ColumnKind.Single,
        "double" => ColumnKind.Double,
        "date" => ColumnKind.Date,
        "time" => ColumnKind.Time,
        "datetime" => ColumnKind.Timestamp,
        "timestamp" => ColumnKind.Instant,
        "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" => ColumnKind.Text,
        "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" => ColumnKind.Binary,
        _ => null,
    };
}
