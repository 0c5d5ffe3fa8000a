using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Scheduler.Plugins.Export.Rows;

/// <summary>
/// A checksum of a set of rows in any order: the sum of a 128-bit hash of each. Two sides agree when they hold the same values,
/// though their types are not quite the same: numbers are compared by value (<c>1</c>, <c>1.00</c>), a date is its midnight,
/// a time its text, floats by the shortest text that reads back as the same. Names of columns do not count, their order does.
/// </summary>
internal sealed class RowChecksum
{
    /// <summary>Sign, scale, and the digits as a number.</summary>
    private const int NumberLength = 2 + 16;

    /// <summary>Of one digit more than every decimal can hold.</summary>
    private static readonly UInt128 s_firstUnsafe = UInt128.Parse("1" + new string('0', DecimalText.SafePrecision), CultureInfo.InvariantCulture);

    private byte[] _canonical = new byte[1024];
    private int _length;
    private UInt128 _sum;

    public long Rows { get; private set; }

    public override string ToString() => _sum.ToString("x32", CultureInfo.InvariantCulture);

    public void Add(IReadOnlyList<Column> columns, ReadOnlySpan<Cell> row)
    {
        _length = 0;
        for (var i = 0; i < row.Length; i++) Append(columns[i].Kind, row[i]);

        _sum += XxHash128.HashToUInt128(_canonical.AsSpan(0, _length));
        Rows++;
    }

    private void Append(ColumnKind kind, in Cell cell)
    {
        if (cell.IsNull)
        {
            Tagged('-', []);
            return;
        }

        switch (kind)
        {
            case ColumnKind.Boolean: AppendBits('b', cell.Integer); break;
            case ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64: AppendNumber(cell.Integer); break;
            case ColumnKind.Decimal when cell.WideDecimal is { } digits: AppendDigits(digits); break;
            case ColumnKind.Decimal: AppendNumber(cell.Decimal); break;
            case ColumnKind.Single: AppendFloat(Widened(cell.Single)); break;
            case ColumnKind.Double: AppendFloat(cell.Double); break;
            case ColumnKind.Date or ColumnKind.Timestamp: AppendBits('d', cell.Integer); break;
            case ColumnKind.Instant: AppendBits('i', cell.Integer); break;
            case ColumnKind.Time: AppendText(cell.Time.ToString("c", CultureInfo.InvariantCulture)); break;
            case ColumnKind.Text: AppendText(cell.Text); break;
            case ColumnKind.Binary: Tagged('x', cell.Binary); break;
            default: throw new InvalidOperationException($"No canonical form for {kind}");
        }
    }

    private void AppendNumber(long value) => AppendNumber(value < 0, (UInt128)Int128.Abs(value), scale: 0);

    /// <summary>Without zeros that do not count.</summary>
    private void AppendNumber(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var scale = (parts[3] >> 16) & 0xFF;
        var low = (uint)parts[0] | ((ulong)(uint)parts[1] << 32);
        if (parts[2] == 0)
        {
            for (; scale > 0 && low % 10 == 0; scale--) low /= 10;
            AppendNumber(parts[3] < 0, low, scale);
            return;
        }

        var mantissa = new UInt128((uint)parts[2], low);
        for (; scale > 0 && mantissa % 10 == 0; scale--) mantissa /= 10;
        if (mantissa < s_firstUnsafe) AppendNumber(parts[3] < 0, mantissa, scale);
        else AppendDigits(value.ToString(CultureInfo.InvariantCulture));
    }

    private void AppendNumber(bool isNegative, UInt128 mantissa, int scale)
    {
        var content = Room('n', NumberLength);
        content[0] = (byte)(isNegative && mantissa != 0 ? 1 : 0);
        content[1] = (byte)(mantissa == 0 ? 0 : scale);
        BinaryPrimitives.WriteUInt128LittleEndian(content[2..], mantissa);
    }

    /// <summary>A number that .NET's decimal may be too small for. One that is not has the same form whichever way it came.</summary>
    private void AppendDigits(ReadOnlySpan<char> text)
    {
        var isNegative = text[0] == '-';
        var digits = text.TrimStart("+-").TrimStart('0');
        if (digits.Contains('.')) digits = digits.TrimEnd('0').TrimEnd('.');
        if (digits.Length - (digits.Contains('.') ? 1 : 0) <= DecimalText.SafePrecision)
        {
            var number = digits.IsEmpty ? 0 : decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            AppendNumber(isNegative ? -number : number);
            return;
        }

        var content = Room('w', digits.Length + 1);
        content[0] = (byte)(isNegative ? '-' : '+');
        Encoding.ASCII.GetBytes(digits, content[1..]);
    }

    private void AppendFloat(double value) => AppendBits('f', BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value));

    /// <summary>To what its shortest text means as a double, which is what a target with more digits keeps.</summary>
    private static double Widened(float value)
    {
        Span<char> text = stackalloc char[40];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private void AppendBits(char tag, long bits) => BinaryPrimitives.WriteInt64LittleEndian(Room(tag, sizeof(long)), bits);

    private void AppendText(string text) => Encoding.UTF8.GetBytes(text, Room('s', Encoding.UTF8.GetByteCount(text)));

    private void Tagged(char tag, ReadOnlySpan<byte> content) => content.CopyTo(Room(tag, content.Length));

    /// <summary>The length goes before the content, so that no two rows have one form.</summary>
    private Span<byte> Room(char tag, int length)
    {
        var needed = _length + 1 + sizeof(int) + length;
        if (needed > _canonical.Length) Array.Resize(ref _canonical, Math.Max(needed, _canonical.Length * 2));

        _canonical[_length] = (byte)tag;
        BinaryPrimitives.WriteInt32LittleEndian(_canonical.AsSpan(_length + 1), length);
        var content = _canonical.AsSpan(needed - length, length);
        _length = needed;
        return content;
    }
}
