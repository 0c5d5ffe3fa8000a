namespace Scheduler.Silo.Nodes.Logging.Masking;

/// <summary>
/// The secret within something encoded as Base64 (RFC 4648), in either alphabet, also where the encoder has begun a new line. Only a line
/// that is long enough to be a broken one is taken for that; at any other line end nothing is open.
/// </summary>
internal sealed class Base64Search(PatternSet patterns) : FormSearch(patterns)
{
    /// <summary>Encoders break lines at 64 or 76 characters.</summary>
    private const int ShortestBrokenLine = 60;

    /// <summary>For each byte the character of the alphabet it stands for; 0 for the other ones.</summary>
    private static readonly byte[] Alphabet = [.. Enumerable.Range(0, 256).Select(value => InAlphabet((byte)value))];

    /// <summary>Characters of the alphabet since the last other one.</summary>
    private int run;
    private bool isBehindReturn;

    /// <summary>
    /// A text at any of the three places within a group of three bytes, each without the characters that hold bits of its neighbours.
    /// </summary>
    public static IEnumerable<byte[]> FormsOf(byte[] text)
    {
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. text]);
            var (from, to) = ((before * 8 + 5) / 6, (before + text.Length) * 8 / 6);
            yield return [.. encoded[from..to].Select(character => (byte)character)];
        }
    }

    public override void Read(ReadOnlySpan<byte> bytes, long position, List<MaskedRange> found)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var symbol = Alphabet[bytes[i]];
            if (symbol == 0)
            {
                ReadOther(bytes[i]);
                continue;
            }

            run++;
            isBehindReturn = false;
            if (MayMatter(symbol)) Take(symbol, position + i, position + i + 1, found);
        }
    }

    private void ReadOther(byte value)
    {
        if ((value is (byte)'\n' or (byte)'\r' && run >= ShortestBrokenLine) || (value == '\n' && isBehindReturn))
        {
            (run, isBehindReturn) = (0, value == '\r');
        }
        else
        {
            (run, isBehindReturn) = (0, false);
            Reset();
        }
    }

    private static byte InAlphabet(byte value) => value switch
    {
        (byte)'-' or (byte)'+' => (byte)'+',
        (byte)'_' or (byte)'/' => (byte)'/',
        _ => char.IsAsciiLetterOrDigit((char)value) ? value : (byte)0,
    };
}
