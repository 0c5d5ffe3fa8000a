using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Npgsql;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Tables;

/// <summary>
/// Rows in the binary form of COPY (PostgreSQL's documentation, "COPY: Binary Format"), put together here: the driver's own importer takes a
/// call and a wait for each value.
/// </summary>
internal sealed class PostgreSqlCopyWriter : RowWriter
{
    private const int DrainAt = 64 * 1024;
    private const long MicrosecondsToEpoch = 63_082_281_600_000_000;
    private const int DaysToEpoch = 730_119;

    private readonly NpgsqlRawCopyStream _stream;
    private readonly MappedColumn[] _columns;
    private byte[] _buffer = new byte[DrainAt * 2];
    private int _length;
    private bool _isComplete;

    public PostgreSqlCopyWriter(NpgsqlRawCopyStream stream, IReadOnlyList<MappedColumn> columns)
    {
        _stream = stream;
        _columns = [.. columns];
        Signature.CopyTo(Take(Signature.Length));
        PutInt32(0);
        PutInt32(0);
    }

    public override bool IsFull => _length >= DrainAt;
    public override long Buffered => _length;

    private static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xff, (byte)'\r', (byte)'\n', 0];

    public override void Append(ReadOnlySpan<Cell> row)
    {
        PutInt16((short)_columns.Length);
        foreach (var column in _columns)
        {
            ref readonly var cell = ref row[column.Source];
            if (cell.IsNull) PutInt32(-1);
            else Put(column.To, column.Convert(cell));
        }
    }

    public override async Task DrainAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _length), cancellationToken);
        _length = 0;
    }

    public override async Task CompleteAsync(CancellationToken cancellationToken)
    {
        PutInt16(-1);
        await DrainAsync(cancellationToken);
        _isComplete = true;
        await _stream.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isComplete) return;

        try
        {
            // Closing it would keep the rows so far.
            await _stream.CancelAsync();
        }
        catch (Exception e) when (e is DbException or IOException or InvalidOperationException)
        {
            // The connection is gone, and the rows with it.
        }
    }

    private void Put(TableColumn column, in Cell cell)
    {
        switch (column.Kind)
        {
            case ColumnKind.Boolean:
                PutInt32(1);
                Take(1)[0] = cell.Boolean ? (byte)1 : (byte)0;
                break;
            case ColumnKind.Int16:
                PutInt32(2);
                PutInt16((short)cell.Integer);
                break;
            case ColumnKind.Int32:
                PutInt32(4);
                PutInt32((int)cell.Integer);
                break;
            case ColumnKind.Int64: PutLong(cell.Integer); break;
            case ColumnKind.Single:
                PutInt32(4);
                PutInt32(BitConverter.SingleToInt32Bits(cell.Single));
                break;
            case ColumnKind.Double: PutLong(BitConverter.DoubleToInt64Bits(cell.Double)); break;
            case ColumnKind.Decimal: PutDecimal(cell); break;
            case ColumnKind.Date:
                PutInt32(4);
                PutInt32((int)(cell.Timestamp.Ticks / TimeSpan.TicksPerDay) - DaysToEpoch);
                break;
            case ColumnKind.Timestamp or ColumnKind.Instant: PutLong((cell.Timestamp.Ticks / TimeSpan.TicksPerMicrosecond) - MicrosecondsToEpoch); break;
            case ColumnKind.Time when column.IsDuration:
                PutInt32(16);
                PutInt64(cell.Time.Ticks / TimeSpan.TicksPerMicrosecond);
                PutInt64(0);
                break;
            case ColumnKind.Time: PutLong(cell.Time.Ticks / TimeSpan.TicksPerMicrosecond); break;
            case ColumnKind.Binary:
                PutInt32(cell.Binary.Length);
                cell.Binary.CopyTo(Take(cell.Binary.Length));
                break;
            default: PutText(cell.Text); break;
        }
    }

    private void PutText(string text)
    {
        var room = Room(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, room[4..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        _length += 4 + length;
    }

    private void PutDecimal(in Cell cell)
    {
        Span<char> room = stackalloc char[40];
        if (cell.WideDecimal is { } digits) PutNumeric(digits);
        else if (cell.Decimal.TryFormat(room, out var length, default, CultureInfo.InvariantCulture)) PutNumeric(room[..length]);
    }

    /// <summary>Groups of four digits around the point, without those at either end that are zero.</summary>
    private void PutNumeric(ReadOnlySpan<char> text)
    {
        var isNegative = text[0] == '-';
        text = text.TrimStart("+-");
        var point = text.IndexOf('.');
        var whole = (point < 0 ? text : text[..point]).TrimStart('0');
        var fraction = point < 0 ? [] : text[(point + 1)..];
        var wholeGroups = (whole.Length + 3) / 4;
        var (first, last) = (0, wholeGroups + ((fraction.Length + 3) / 4) - 1);
        while (first <= last && Group(whole, fraction, wholeGroups, first) == 0) first++;
        while (last >= first && Group(whole, fraction, wholeGroups, last) == 0) last--;

        var count = last - first + 1;
        PutInt32(8 + (count * 2));
        PutInt16((short)count);
        PutInt16((short)(count == 0 ? 0 : wholeGroups - 1 - first));
        PutInt16((short)(isNegative && count > 0 ? 0x4000 : 0));
        PutInt16((short)fraction.Length);
        for (var i = first; i <= last; i++) PutInt16(Group(whole, fraction, wholeGroups, i));
    }

    private static short Group(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int wholeGroups, int index)
    {
        if (index < wholeGroups)
        {
            var end = whole.Length - (4 * (wholeGroups - 1 - index));
            return short.Parse(whole[Math.Max(0, end - 4)..end], NumberStyles.None, CultureInfo.InvariantCulture);
        }

        var start = 4 * (index - wholeGroups);
        var value = 0;
        for (var i = start; i < start + 4; i++) value = (value * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        return (short)value;
    }

    private void PutLong(long value)
    {
        PutInt32(8);
        PutInt64(value);
    }

    private void PutInt16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(2), value);

    private void PutInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    private void PutInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    private Span<byte> Take(int length)
    {
        var room = Room(length)[..length];
        _length += length;
        return room;
    }

    private Span<byte> Room(int length)
    {
        if (_length + length > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_length + length, _buffer.Length * 2));
        return _buffer.AsSpan(_length);
    }
}
