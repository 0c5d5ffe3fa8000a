using System.Text;

namespace Scheduler.Silo.Instances;

/// <summary>Reads what <see cref="PackedWriter"/> wrote. Throws <see cref="ExecutionFormatException"/> for anything else.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> rest = input;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public byte Byte()
    {
        if (rest.IsEmpty) throw new ExecutionFormatException("The stored bytes end too early.");
        var value = rest[0];
        rest = rest[1..];
        return value;
    }

    public int Number()
    {
        var value = Unsigned();
        return value <= int.MaxValue ? (int)value : throw new ExecutionFormatException($"The stored number {value} is too large.");
    }

    public ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        throw new ExecutionFormatException("A stored number does not end.");
    }

    public long Signed() => Unfold(Unsigned());

    /// <summary>Takes back <see cref="PackedWriter.Fold"/>.</summary>
    public static long Unfold(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    /// <param name="relativeTo">Milliseconds since the Unix epoch; what is stored is how long before that it was.</param>
    public DateTimeOffset Instant(long relativeTo)
    {
        var at = relativeTo - Signed();
        return at >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && at <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : throw new ExecutionFormatException($"The stored time {at} is none.");
    }

    public string? Text()
    {
        var length = Number() - 1;
        if (length < 0) return null;
        if (length > rest.Length) throw new ExecutionFormatException("A stored text ends too early.");

        var text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }

    /// <summary>Null when there are none.</summary>
    public Dictionary<string, string>? Pairs()
    {
        var count = Number();
        if (count == 0) return null;
        if (count > rest.Length) throw new ExecutionFormatException($"There cannot be {count} pairs in {rest.Length} bytes.");

        var pairs = new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (; count > 0; count--) pairs[Text() ?? ""] = Text() ?? "";
        return pairs;
    }
}
