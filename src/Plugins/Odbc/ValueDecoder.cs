using System.Globalization;
using System.Runtime.InteropServices;

namespace Scheduler.Plugins.Odbc;

/// <summary>Makes values of .NET from what drivers leave in memory. Nothing is rounded or cut.</summary>
internal static class ValueDecoder
{
    private const long NanosecondsPerTick = 100;
    private const int ExactDecimalDigits = 28;

    /// <param name="column">Whose value it is.</param>
    /// <param name="bytes">The whole value.</param>
    public static object Decode(OdbcColumn column, ReadOnlySpan<byte> bytes) => column.Shape.NativeType switch
    {
        Native.NativeType.Wide => DecodeText(column.Shape.ClrType, new string(MemoryMarshal.Cast<byte, char>(bytes))),
        Native.NativeType.Binary => bytes.ToArray(),
        Native.NativeType.Int64 => DecodeInteger(column.Shape.ClrType, MemoryMarshal.Read<long>(bytes)),
        Native.NativeType.Single => MemoryMarshal.Read<float>(bytes),
        Native.NativeType.Double => MemoryMarshal.Read<double>(bytes),
        Native.NativeType.Bit => bytes[0] != 0,
        Native.NativeType.Guid => new Guid(bytes),
        _ => DecodeDate(column, MemoryMarshal.Cast<byte, short>(bytes)),
    };

    private static object DecodeInteger(Type type, long value) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 when value is >= int.MinValue and <= int.MaxValue => (int)value,
        TypeCode.Int16 when value is >= short.MinValue and <= short.MaxValue => (short)value,
        TypeCode.Byte when value is >= byte.MinValue and <= byte.MaxValue => (byte)value,
        _ => (object)value,
    };

    private static object DecodeText(Type type, string text)
    {
        if (type == typeof(decimal)) return DecodeDecimal(text);
        if (type == typeof(TimeSpan)) return DecodeTime(text);
        return text;
    }

    // Parsing rounds what has more digits than a decimal.
    private static object DecodeDecimal(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return text;

        var digits = text.AsSpan().TrimStart("+-0.").ToString().Count(char.IsAsciiDigit);
        var scale = text.Contains('.') ? text.Length - text.IndexOf('.') - 1 : 0;
        var isExact = digits <= ExactDecimalDigits && scale <= ExactDecimalDigits && !text.Contains('e', StringComparison.OrdinalIgnoreCase);
        return isExact || value.ToString(CultureInfo.InvariantCulture) == text ? value : text;
    }

    // Hours of some databases go beyond a day and below zero.
    private static object DecodeTime(string text)
    {
        var isNegative = text.StartsWith('-');
        var parts = (isNegative ? text[1..] : text).Split(':');
        return parts.Length == 3
            && uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && decimal.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && decimal.IsInteger(seconds * TimeSpan.TicksPerSecond)
                ? new TimeSpan((isNegative ? -1 : 1) * (((hours * 60L) + minutes) * TimeSpan.TicksPerMinute + (long)(seconds * TimeSpan.TicksPerSecond)))
                : text;
    }

    private static DateTime DecodeDate(OdbcColumn column, ReadOnlySpan<short> parts)
    {
        try
        {
            var day = new DateTime(parts[0], parts[1], parts[2], 0, 0, 0, DateTimeKind.Unspecified);
            if (column.Shape.NativeType == Native.NativeType.Date) return day;

            var nanoseconds = MemoryMarshal.Read<uint>(MemoryMarshal.AsBytes(parts[6..]));
            return day + new TimeSpan(parts[3], parts[4], parts[5]) + TimeSpan.FromTicks(nanoseconds / NanosecondsPerTick);
        }
        catch (ArgumentOutOfRangeException)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{parts[0]:0000}-{parts[1]:00}-{parts[2]:00}");
            throw new OdbcException($"Column {column.ColumnName} holds a date that .NET cannot express: {text}. Cast it to text in the statement.");
        }
    }
}
