using System.Globalization;

namespace Scheduler.Plugins.Export.Rows;

internal enum BinaryText
{
    Base64,
    Hex,
}

/// <summary>
/// How values are spelled in text. The default is ISO 8601 and the invariant culture, with all digits a value has, so that what is
/// written reads back the same. Own formats of dates follow the .NET rules for custom formats, and may lose what they leave out.
/// </summary>
internal sealed record TextFormat
{
    private const string IsoDate = "yyyy-MM-dd";
    private const string IsoTimestamp = "yyyy-MM-ddTHH:mm:ss.FFFFFFF";
    /// <summary>As the ISO formats, with all seven digits of a second, and several times as fast.</summary>
    private const string RoundTrip = "O";
    private const int RoundTripFractionEnd = 27;

    private const string IsoInstant = "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz";

    /// <summary>Also read when the format is the default: what databases and others call ISO 8601.</summary>
    private static readonly string[] IsoTimestamps = [IsoTimestamp, "yyyy-MM-dd HH:mm:ss.FFFFFFF"];
    private static readonly string[] IsoInstants =
        [IsoInstant, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFzz"];

    public static TextFormat Default { get; } = new();

    public char DecimalSeparator { get; init; } = '.';
    public string Date { get; init; } = IsoDate;
    public string Timestamp { get; init; } = IsoTimestamp;
    public string Instant { get; init; } = IsoInstant;

    /// <summary>The zone instants are written in, and read in when their text names none.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
    public string True { get; init; } = "true";
    public string False { get; init; } = "false";
    public BinaryText Binary { get; init; } = BinaryText.Base64;

    /// <summary>Everything but text and binary, whose length has no bound; a hundred characters are enough unless a format is long.</summary>
    /// <returns>False when the room is too small.</returns>
    public bool TryFormat(ColumnKind kind, in Cell cell, Span<char> room, out int length)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (kind)
        {
            case ColumnKind.Boolean: return TryCopy(cell.Boolean ? True : False, room, out length);
            case ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64: return cell.Integer.TryFormat(room, out length, default, culture);
            case ColumnKind.Single: return WithSeparator(cell.Single.TryFormat(room, out length, default, culture), room, length);
            case ColumnKind.Double: return WithSeparator(cell.Double.TryFormat(room, out length, default, culture), room, length);
            case ColumnKind.Decimal when cell.WideDecimal is { } digits: return WithSeparator(TryCopy(digits, room, out length), room, length);
            case ColumnKind.Decimal: return WithSeparator(cell.Decimal.TryFormat(room, out length, default, culture), room, length);
            case ColumnKind.Date when Date == IsoDate: return DateOnly.FromDateTime(cell.Timestamp).TryFormat(room, out length, RoundTrip, culture);
            case ColumnKind.Timestamp when Timestamp == IsoTimestamp:
                return TrimFraction(cell.Timestamp.TryFormat(room, out length, RoundTrip, culture), room, ref length);
            case ColumnKind.Instant when Instant == IsoInstant:
                return TrimFraction(InZone(cell).TryFormat(room, out length, RoundTrip, culture), room, ref length);
            case ColumnKind.Date: return cell.Timestamp.TryFormat(room, out length, Date, culture);
            case ColumnKind.Time: return cell.Time.TryFormat(room, out length, "c", culture);
            case ColumnKind.Timestamp: return cell.Timestamp.TryFormat(room, out length, Timestamp, culture);
            case ColumnKind.Instant: return InZone(cell).TryFormat(room, out length, Instant, culture);
            default: throw new InvalidOperationException($"{kind} has no bounded text");
        }
    }

    public string FormatBinary(byte[] bytes) =>
        Binary == BinaryText.Hex ? Convert.ToHexStringLower(bytes) : Convert.ToBase64String(bytes);

    /// <summary>Never rounds: text with more digits than the kind holds is refused.</summary>
    public bool TryParse(ColumnKind kind, ReadOnlySpan<char> text, out Cell cell)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (kind)
        {
            case ColumnKind.Text:
                cell = Cell.Of(text.ToString());
                return true;
            case ColumnKind.Boolean:
                cell = Cell.Of(text.SequenceEqual(True));
                return text.SequenceEqual(True) || text.SequenceEqual(False);
            case ColumnKind.Int16:
                return Parsed(short.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var int16), Cell.Of((long)int16), out cell);
            case ColumnKind.Int32:
                return Parsed(int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var int32), Cell.Of((long)int32), out cell);
            case ColumnKind.Int64:
                return Parsed(long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var int64), Cell.Of(int64), out cell);
            case ColumnKind.Single:
                return Parsed(float.TryParse(WithPoint(text), NumberStyles.Float, culture, out var single), Cell.Of(single), out cell);
            case ColumnKind.Double:
                return Parsed(double.TryParse(WithPoint(text), NumberStyles.Float, culture, out var number), Cell.Of(number), out cell);
            case ColumnKind.Decimal:
                return DecimalText.TryParse(WithPoint(text), out cell);
            case ColumnKind.Date:
                return Parsed(DateOnly.TryParseExact(text, Date, culture, DateTimeStyles.None, out var date), Cell.Of(date), out cell);
            case ColumnKind.Time:
                return Parsed(TimeSpan.TryParseExact(text, "c", culture, out var time), Cell.Of(time), out cell);
            case ColumnKind.Timestamp:
                return Parsed(TryParseTimestamp(text, out var wallClock), Cell.Of(wallClock), out cell);
            case ColumnKind.Instant:
                return TryParseInstant(text, out cell);
            case ColumnKind.Binary:
                return TryParseBinary(text, out cell);
            default:
                throw new InvalidOperationException($"{kind} cannot be read from text");
        }
    }

    private DateTimeOffset InZone(in Cell cell)
    {
        if (Zone == TimeZoneInfo.Utc) return cell.Instant;

        // At the ends of the calendar a conversion stops short.
        var local = TimeZoneInfo.ConvertTime(cell.Instant, Zone);
        return local == cell.Instant && local.Offset == Zone.GetUtcOffset(cell.Instant)
            ? local
            : throw new ExportException("export.zone", $"{cell.Instant:O} is no date in the zone '{Zone.Id}'.");
    }

    private bool TryParseTimestamp(ReadOnlySpan<char> text, out DateTime value) => Timestamp == IsoTimestamp
        ? DateTime.TryParseExact(text, IsoTimestamps, CultureInfo.InvariantCulture, DateTimeStyles.None, out value)
        : DateTime.TryParseExact(text, Timestamp, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    private bool TryParseInstant(ReadOnlySpan<char> text, out Cell cell)
    {
        cell = default;
        string[] formats = Instant == IsoInstant ? IsoInstants : [Instant];

        // Kind tells whether the text named an offset: round-trip parsing keeps it apart from a wall clock.
        if (!DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value)) return false;
        if (value.Kind == DateTimeKind.Unspecified)
        {
            if (Zone.IsInvalidTime(value)) return false;

            cell = Cell.Of(new DateTimeOffset(value, Zone.GetUtcOffset(value)));
            return true;
        }

        return Parsed(DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant),
            Cell.Of(instant), out cell);
    }

    private bool TryParseBinary(ReadOnlySpan<char> text, out Cell cell)
    {
        var bytes = new byte[text.Length];
        var isRead = Binary == BinaryText.Hex
            ? Convert.FromHexString(text, bytes, out _, out var length) == System.Buffers.OperationStatus.Done
            : Convert.TryFromBase64Chars(text, bytes, out length);

        return Parsed(isRead, Cell.Of(bytes[..length]), out cell);
    }

    private static bool TrimFraction(bool isFormatted, Span<char> room, ref int length)
    {
        if (!isFormatted) return false;

        var end = RoundTripFractionEnd;
        while (room[end - 1] == '0') end--;
        if (room[end - 1] == '.') end--;
        var offset = room[RoundTripFractionEnd..length];
        offset.CopyTo(room[end..]);
        length = end + offset.Length;
        return true;
    }

    private bool WithSeparator(bool isFormatted, Span<char> room, int length)
    {
        if (isFormatted && DecimalSeparator != '.') room[..length].Replace('.', DecimalSeparator);
        return isFormatted;
    }

    private ReadOnlySpan<char> WithPoint(ReadOnlySpan<char> text)
    {
        if (DecimalSeparator == '.') return text;

        var copy = text.ToArray();
        copy.AsSpan().Replace(DecimalSeparator, '.');
        return copy;
    }

    private static bool TryCopy(string text, Span<char> room, out int length)
    {
        length = text.Length;
        return text.TryCopyTo(room);
    }

    private static bool Parsed(bool isParsed, Cell value, out Cell cell)
    {
        cell = value;
        return isParsed;
    }
}
