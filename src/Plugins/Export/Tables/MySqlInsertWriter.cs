using System.Data.Common;
using System.Globalization;
using System.Text;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Tables;

/// <summary>
/// Rows as INSERT statements of many rows each, as dumps have them. LOAD DATA would be faster, but needs LOCAL INFILE, by which a server can read
/// any file of this machine. Values are literals: the session's <c>sql_mode</c> is known, so backslash and quote are all there is to escape.
/// </summary>
internal sealed class MySqlInsertWriter(DbConnection connection, string front, IReadOnlyList<MappedColumn> columns, long maxPacket) : RowWriter
{
    private const int BytesPerCharacter = 3;

    /// <summary>Characters of a statement. Longer texts count as large objects, which the runtime collects late: memory would be many times theirs.</summary>
    private const int MaxStatement = 40 * 1024;

    private readonly int _drainAt = (int)Math.Clamp(maxPacket / BytesPerCharacter / 2, 1024, MaxStatement);
    private readonly StringBuilder _statement = new(front);

    public override bool IsFull => _statement.Length >= _drainAt;
    public override long Buffered => _statement.Length;

    public override void Append(ReadOnlySpan<Cell> row)
    {
        _statement.Append(_statement.Length > front.Length ? ",(" : "(");
        for (var i = 0; i < columns.Count; i++)
        {
            if (i > 0) _statement.Append(',');
            var cell = row[columns[i].Source];
            if (cell.IsNull) _statement.Append("NULL");
            else Append(columns[i].To, columns[i].Convert(cell));
        }

        _statement.Append(')');
    }

    public override async Task DrainAsync(CancellationToken cancellationToken)
    {
        if (_statement.Length == front.Length) return;

        await connection.RunAsync(_statement.ToString(), cancellationToken);
        _statement.Length = front.Length;
    }

    public override Task CompleteAsync(CancellationToken cancellationToken) => DrainAsync(cancellationToken);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Append(TableColumn column, in Cell cell)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (column.Kind)
        {
            case ColumnKind.Boolean or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64: _statement.Append(culture, $"{cell.Integer}"); break;
            case ColumnKind.Single when float.IsFinite(cell.Single): _statement.Append(culture, $"{cell.Single:R}"); break;
            case ColumnKind.Double when double.IsFinite(cell.Double): _statement.Append(culture, $"{cell.Double:R}"); break;
            case ColumnKind.Single or ColumnKind.Double:
                throw new ExportException("export.value", $"Column '{column.Name}' cannot hold NaN or infinity, which MySQL does not have.");
            case ColumnKind.Decimal when cell.WideDecimal is { } digits: _statement.Append(digits); break;
            case ColumnKind.Decimal: _statement.Append(culture, $"{cell.Decimal}"); break;
            case ColumnKind.Date: _statement.Append(culture, $"'{cell.Timestamp:yyyy-MM-dd}'"); break;
            case ColumnKind.Timestamp or ColumnKind.Instant: _statement.Append(culture, $"'{cell.Timestamp:yyyy-MM-dd HH:mm:ss.ffffff}'"); break;
            case ColumnKind.Time: AppendTime(cell.Time); break;
            case ColumnKind.Binary: _statement.Append("X'").Append(Convert.ToHexString(cell.Binary)).Append('\''); break;
            default: AppendText(cell.Text); break;
        }
    }

    private void AppendTime(TimeSpan time)
    {
        var length = time.Duration();
        _statement.Append(CultureInfo.InvariantCulture, $"'{(time < TimeSpan.Zero ? "-" : "")}{(long)length.TotalHours}:{length:mm\\:ss\\.ffffff}'");
    }

    private void AppendText(string text)
    {
        _statement.Append('\'');
        var rest = text.AsSpan();
        for (var next = rest.IndexOfAny('\'', '\\'); next >= 0; next = rest.IndexOfAny('\'', '\\'))
        {
            _statement.Append(rest[..next]).Append('\\').Append(rest[next]);
            rest = rest[(next + 1)..];
        }

        _statement.Append(rest).Append('\'');
    }
}
