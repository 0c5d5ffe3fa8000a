namespace Scheduler.Plugins.Export.Rows;

/// <summary>
/// One value of a row, without boxing; the kind is its column's. Numbers, ticks and truth values are in the bits, decimals in the
/// number, text and bytes behind the reference. A decimal that is too wide for .NET is its digits as text.
/// </summary>
internal readonly struct Cell
{
    private readonly long _bits;
    private readonly decimal _number;
    private readonly object? _reference;
    private readonly bool _isSet;

    private Cell(long bits, decimal number = 0, object? reference = null)
    {
        _bits = bits;
        _number = number;
        _reference = reference;
        _isSet = true;
    }

    public static Cell Null => default;
    public bool IsNull => !_isSet;

    public bool Boolean => _bits != 0;
    public long Integer => _bits;
    public double Double => BitConverter.Int64BitsToDouble(_bits);
    public float Single => BitConverter.Int32BitsToSingle((int)_bits);
    public decimal Decimal => _number;

    /// <summary>The digits of a decimal that <see cref="Decimal"/> cannot hold, in plain notation; null for all others.</summary>
    public string? WideDecimal => _reference as string;

    public DateTime Timestamp => new(_bits);
    public DateTimeOffset Instant => new(_bits, TimeSpan.Zero);
    public TimeSpan Time => new(_bits);
    public string Text => (string)_reference!;
    public byte[] Binary => (byte[])_reference!;

    /// <summary>How much lies behind the reference, in characters or bytes.</summary>
    public int Content => _reference switch
    {
        null => 0,
        string text => text.Length,
        byte[] bytes => bytes.Length,
        _ => throw new InvalidOperationException("Nothing else is kept by reference"),
    };

    public static Cell Of(bool value) => new(value ? 1 : 0);
    public static Cell Of(long value) => new(value);
    public static Cell Of(double value) => new(BitConverter.DoubleToInt64Bits(value));
    public static Cell Of(float value) => new(BitConverter.SingleToInt32Bits(value));
    public static Cell Of(decimal value) => new(0, value);
    public static Cell Of(DateOnly value) => new(value.ToDateTime(TimeOnly.MinValue).Ticks);
    public static Cell Of(TimeSpan value) => new(value.Ticks);
    public static Cell Of(DateTime wallClock) => new(wallClock.Ticks);
    public static Cell Of(DateTimeOffset value) => new(value.UtcTicks);
    public static Cell Of(string value) => new(0, 0, value);
    public static Cell Of(byte[] value) => new(0, 0, value);
}
