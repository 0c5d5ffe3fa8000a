using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Scheduler.Plugins.Odbc;

/// <summary>A parameter in the memory of a driver. It lives in pinned arrays, so there is nothing to free.</summary>
internal sealed unsafe class OdbcValue
{
    private const int LongText = 4000;
    private const int LongBinary = 8000;

    private readonly byte[] bytes;
    private readonly nint[] length = GC.AllocateArray<nint>(1, pinned: true);

    private OdbcValue(short nativeType, short sqlType, ReadOnlySpan<byte> value, long size, int digits = 0)
    {
        NativeType = nativeType;
        SqlType = sqlType;
        Size = Math.Max(1, size);
        Digits = (short)digits;
        Capacity = value.Length;
        bytes = GC.AllocateUninitializedArray<byte>(Math.Max(1, value.Length), pinned: true);
        value.CopyTo(bytes);
        length[0] = value.Length;
    }

    public short NativeType { get; }

    public short SqlType { get; }

    public long Size { get; }

    public short Digits { get; }

    public nint Capacity { get; }

    public byte* Bytes => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);

    public nint* Length => (nint*)Marshal.UnsafeAddrOfPinnedArrayElement(length, 0);

    /// <exception cref="NotSupportedException">The type of the value has no counterpart.</exception>
    public static OdbcValue Of(object? value) => value switch
    {
        null or DBNull => Null(),
        string text => Text(text),
        char letter => Text(letter.ToString()),
        bool flag => new(Native.NativeType.Bit, Native.SqlType.Bit, [flag ? (byte)1 : (byte)0], 1),
        byte or sbyte or short or ushort or int => Integer(Convert.ToInt64(value), Native.SqlType.Integer, 10),
        uint or long => Integer(Convert.ToInt64(value), Native.SqlType.BigInt, 19),
        ulong number => Decimal(number),
        decimal number => Decimal(number),
        float or double => new(Native.NativeType.Double, Native.SqlType.Double, BitConverter.GetBytes(Convert.ToDouble(value)), 15),
        DateTime instant => Timestamp(instant),
        DateTimeOffset instant => Timestamp(instant.UtcDateTime),
        DateOnly date => Date(date),
        TimeOnly time => Text(time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        TimeSpan time => Text(TimeText(time)),
        Guid id => Text(id.ToString()),
        byte[] binary => Binary(binary),
        _ => throw new NotSupportedException($"A parameter cannot be a {value.GetType()}."),
    };

    private static OdbcValue Null()
    {
        var value = new OdbcValue(Native.NativeType.Wide, Native.SqlType.WideVarChar, [], 1);
        value.length[0] = Native.Length.Null;
        return value;
    }

    private static OdbcValue Text(string text) => new(
        Native.NativeType.Wide,
        text.Length > LongText ? Native.SqlType.WideLongVarChar : Native.SqlType.WideVarChar,
        MemoryMarshal.AsBytes(text.AsSpan()),
        text.Length);

    private static OdbcValue Binary(byte[] binary) => new(
        Native.NativeType.Binary,
        binary.Length > LongBinary ? Native.SqlType.LongVarBinary : Native.SqlType.VarBinary,
        binary,
        binary.Length);

    private static OdbcValue Integer(long number, short sqlType, int size) =>
        new(Native.NativeType.Int64, sqlType, BitConverter.GetBytes(number), size);

    // As text: the native shape of numbers is read differently by different drivers.
    private static OdbcValue Decimal(decimal number)
    {
        var text = Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
        return new(Native.NativeType.Ansi, Native.SqlType.Decimal, text, Math.Max(text.Length, number.Scale), number.Scale);
    }

    private static OdbcValue Date(DateOnly date) =>
        new(Native.NativeType.Date, Native.SqlType.Date, MemoryMarshal.AsBytes<short>([(short)date.Year, (short)date.Month, (short)date.Day]), 10);

    private static OdbcValue Timestamp(DateTime instant)
    {
        Span<byte> bytes = stackalloc byte[16];
        ReadOnlySpan<short> parts =
            [(short)instant.Year, (short)instant.Month, (short)instant.Day, (short)instant.Hour, (short)instant.Minute, (short)instant.Second];
        MemoryMarshal.AsBytes(parts).CopyTo(bytes);
        var fraction = (uint)(instant.Ticks % TimeSpan.TicksPerSecond);
        MemoryMarshal.Write(bytes[12..], fraction * 100);

        // No more digits than the value has: a column may take fewer than seven.
        var digits = 7;
        while (digits > 0 && fraction % 10 == 0) (digits, fraction) = (digits - 1, fraction / 10);
        return new(Native.NativeType.Timestamp, Native.SqlType.Timestamp, bytes, digits == 0 ? 19 : 20 + digits, digits);
    }

    private static string TimeText(TimeSpan time)
    {
        var hours = (long)Math.Abs(time.TotalHours);
        return string.Create(CultureInfo.InvariantCulture, $"{(time < TimeSpan.Zero ? "-" : "")}{hours:00}:{time:mm\\:ss\\.FFFFFFF}").TrimEnd('.');
    }
}
