using System.Buffers;
using System.Text;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Writes small numbers in few bytes: seven bits each, lowest first, the eighth says that more follow (LEB128). Signed numbers are
/// folded first so that small negative ones stay small (zigzag). Texts are UTF-8 behind their length plus one; zero means null.
/// </summary>
internal readonly struct PackedWriter(IBufferWriter<byte> output)
{
    private const int LongestNumber = 10;

    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    /// <param name="value">Not negative.</param>
    public void Number(int value) => Number((ulong)checked((uint)value));

    public void Number(ulong value)
    {
        var span = output.GetSpan(LongestNumber);
        var length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }

    public void Signed(long value) => Number(Fold(value));

    /// <summary>0, -1, 1, -2, 2 … become 0, 1, 2, 3, 4 …</summary>
    public static ulong Fold(long value) => (ulong)((value << 1) ^ (value >> 63));

    public void Text(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Number((ulong)length + 1);
        Encoding.UTF8.GetBytes(value, output.GetSpan(length));
        output.Advance(length);
    }

    /// <summary>Null and empty are written alike.</summary>
    public void Pairs(IReadOnlyDictionary<string, string>? values)
    {
        Number(values?.Count ?? 0);
        if (values is null) return;
        foreach (var (key, value) in values)
        {
            Text(key);
            Text(value);
        }
    }
}
