using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Scheduler.Plugins.Export.Rows;
using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Export.Tables;

/// <summary>
/// A table of PostgreSQL. The last transaction moves the rows and drops the staging table, so that its absence proves the commit. Rows are
/// deleted, not truncated: readers see the old ones until the commit.
/// </summary>
internal sealed class PostgreSqlTable : TableTarget
{
    private const string ColumnQuery = """
        SELECT a.attname, coalesce(b.typname, t.typname), format_type(a.atttypid, a.atttypmod), format_type(a.atttypid, NULL),
            a.attnotnull AND NOT a.atthasdef AND a.attidentity = '', a.attidentity = 'a' OR a.attgenerated <> '', a.atttypmod
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type b ON b.oid = t.typbasetype AND t.typtype = 'd'
        WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
        """;

    private readonly string _schema;
    private readonly string _name;
    private readonly Dictionary<string, (TableColumn Column, string BareType)> _columns;

    private PostgreSqlTable(DbConnection connection, string staging, string schema, string name, List<(TableColumn Column, string BareType)> columns)
        : base(connection, staging)
    {
        (_schema, _name) = (schema, name);
        Columns = [.. columns.Select(entry => entry.Column)];
        _columns = columns.ToDictionary(entry => entry.Column.Name);
    }

    public override IReadOnlyList<TableColumn> Columns { get; }

    protected override string Table => $"{Quote(_schema)}.{Quote(_name)}";

    protected override string Staging => $"{Quote(_schema)}.{Quote(StagingName)}";

    public static async Task<TableTarget> FindAsync(DbConnection connection, TableName table, string staging, CancellationToken cancellationToken)
    {
        var npgsql = (NpgsqlConnection)connection;
        var quoted = table.Schema is null ? Quoted(table.Name) : $"{Quoted(table.Schema)}.{Quoted(table.Name)}";
        await using var find = new NpgsqlCommand(
            "SELECT c.oid, n.nspname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass($1)", npgsql)
        {
            Parameters = { new() { Value = quoted } },
        };
        uint id;
        string schema;
        await using (var reader = await find.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                await reader.DisposeAsync();
                throw new ExportException("export.table", $"There is no table '{table}'{NearestName.Hint(table.Name, await NamesAsync(npgsql, table.Schema, cancellationToken))}");
            }

            (id, schema) = (reader.GetFieldValue<uint>(0), reader.GetString(1));
            if (reader.GetChar(2) is not ('r' or 'p')) throw new ExportException("export.table", $"'{table}' is not a table.");
        }

        return new PostgreSqlTable(connection, staging, schema, table.Name, await ColumnsAsync(npgsql, id, cancellationToken));
    }

    public override async Task ClaimAsync(CancellationToken cancellationToken)
    {
        var key = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(StagingName)));
        await Connection.RunAsync(
            $"""
            SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
            WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.pid <> pg_backend_pid()
                AND ((l.classid::bigint << 32) | l.objid::bigint) = {key}
            """, cancellationToken);
        await Connection.RunAsync($"SELECT pg_advisory_lock({key})", cancellationToken);
    }

    public override async Task PrepareAsync(IReadOnlyList<MappedColumn> columns, CancellationToken cancellationToken)
    {
        await DropStagingAsync(cancellationToken);
        var definitions = string.Join(", ", columns.Select(column => $"{Quote(column.To.Name)} {column.To.StagingType}"));

        // Without a log of its changes: a crash of the server empties it, which the last transaction notices.
        await Connection.RunAsync($"CREATE UNLOGGED TABLE {Staging} ({definitions})", cancellationToken);
    }

    public override async Task<RowWriter> WriteAsync(IReadOnlyList<MappedColumn> columns, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", columns.Select(column => Quote(column.To.Name)));
        var stream = await ((NpgsqlConnection)Connection).BeginRawBinaryCopyAsync($"COPY {Staging} ({names}) FROM STDIN (FORMAT binary)", cancellationToken);
        return new PostgreSqlCopyWriter(stream, columns);
    }

    public override async Task CommitAsync(TableCommit commit, CancellationToken cancellationToken)
    {
        await using var transaction = await Connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await Connection.RunAsync($"LOCK TABLE {Staging} IN ACCESS EXCLUSIVE MODE", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return;
        }

        // Two exports at one time would each delete what they see, and both stay.
        if (commit.Mode is WriteMode.Overwrite or WriteMode.ReplacePartition)
            await Connection.RunAsync($"LOCK TABLE {Table} IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
        try
        {
            await MoveAsync(commit, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidColumnReference && commit.Mode == WriteMode.Upsert)
        {
            throw new ExportException("export.key", $"{Table} has no unique index on exactly ({string.Join(", ", commit.Matched)}), by which upsert could find its rows.", e);
        }

        await Connection.RunAsync($"DROP TABLE {Staging}", cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }

    public override Task DropStagingAsync(CancellationToken cancellationToken) => Connection.RunAsync($"DROP TABLE IF EXISTS {Staging}", cancellationToken);

    protected override string Quote(string name) => Quoted(name);

    protected override string Moved(string column) =>
        _columns[column] is ({ Kind: null }, var type) ? $"CAST(s.{Quote(column)} AS {type})" : $"s.{Quote(column)}";

    protected override string OnDuplicate(IReadOnlyList<string> columns, IReadOnlyList<string> key)
    {
        var rest = columns.Except(key).Select(column => $"{Quote(column)} = EXCLUDED.{Quote(column)}").ToList();
        return $" ON CONFLICT ({string.Join(", ", key.Select(Quote))}) DO {(rest.Count == 0 ? "NOTHING" : $"UPDATE SET {string.Join(", ", rest)}")}";
    }

    protected override string Delete(string keys, string condition) =>
        $"DELETE FROM {Table} AS t USING (SELECT DISTINCT {keys} FROM {Staging} AS s) AS n WHERE {condition}";

    protected override string SameOrBothNull(string left, string right) => $"{left} IS NOT DISTINCT FROM {right}";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<List<string>> NamesAsync(NpgsqlConnection connection, string? schema, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND CASE WHEN $1 = '' THEN pg_table_is_visible(c.oid) ELSE n.nspname = $1 END LIMIT 10000
            """, connection)
        {
            Parameters = { new() { Value = schema ?? "" } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> names = [];
        while (await reader.ReadAsync(cancellationToken)) names.Add(reader.GetString(0));
        return names;
    }

    private static async Task<List<(TableColumn Column, string BareType)>> ColumnsAsync(NpgsqlConnection connection, uint table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ColumnQuery, connection) { Parameters = { new() { Value = table, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(TableColumn, string)> columns = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var (baseType, type, modifier) = (reader.GetString(1), reader.GetString(2), reader.GetInt32(6));
            var kind = KindOf(baseType);
            columns.Add((
                new TableColumn(reader.GetString(0), kind, type, kind is null ? "text" : type, ScaleOf(kind, modifier))
                {
                    IsRequired = reader.GetBoolean(4),
                    IsGenerated = reader.GetBoolean(5),
                    IsDuration = baseType == "interval",
                }, reader.GetString(3)));
        }

        return columns;
    }

    /// <summary>Names of the catalogue.</summary>
    private static ColumnKind? KindOf(string type) => type switch
    {
        "bool" => ColumnKind.Boolean,
        "int2" => ColumnKind.Int16,
        "int4" => ColumnKind.Int32,
        "int8" => ColumnKind.Int64,
        "float4" => ColumnKind.Single,
        "float8" => ColumnKind.Double,
        "numeric" => ColumnKind.Decimal,
        "date" => ColumnKind.Date,
        "time" or "interval" => ColumnKind.Time,
        "timestamp" => ColumnKind.Timestamp,
        "timestamptz" => ColumnKind.Instant,
        "text" or "varchar" or "bpchar" or "citext" => ColumnKind.Text,
        "bytea" => ColumnKind.Binary,
        _ => null,
    };

    /// <summary>Microseconds are the finest PostgreSQL has.</summary>
    private static int? ScaleOf(ColumnKind? kind, int modifier) => kind switch
    {
        ColumnKind.Decimal => modifier < 0 ? null : (((modifier - 4) & 0x7ff) ^ 1024) - 1024,
        ColumnKind.Timestamp or ColumnKind.Instant or ColumnKind.Time => modifier is >= 0 and <= 6 ? modifier : 6,
        _ => null,
    };
}
