namespace Scheduler.Silo.Nodes.Logging.Masking;

/// <summary>
/// The secret in addresses and forms: any of its bytes may stand as <c>%XX</c>, in either case, so it does not matter which ones an encoder
/// leaves as they are.
/// </summary>
/// <param name="patterns">The secrets as they are.</param>
/// <param name="isForm">Whether <c>+</c> stands for a blank.</param>
internal sealed class EscapedSearch(PatternSet patterns, bool isForm) : FormSearch(patterns)
{
    private const byte Sign = (byte)'%';
    private const byte Plus = (byte)'+';

    /// <summary>Bytes of an escape that is not complete: the sign, and maybe one digit.</summary>
    private int open;
    private long openAt;
    private byte digit;

    public override void Read(ReadOnlySpan<byte> bytes, long position, List<MaskedRange> found)
    {
        for (var i = 0; i < bytes.Length; i++)
            if (open > 0 || bytes[i] is Sign or Plus || MayMatter(bytes[i])) Read(bytes[i], position + i, found);
    }

    public override void End(List<MaskedRange> found) => TakeOpen(found);

    public override long OpenFrom(long end) => base.OpenFrom(open > 0 ? openAt : end);

    private void Read(byte value, long position, List<MaskedRange> found)
    {
        if (open > 0 && !char.IsAsciiHexDigit((char)value)) TakeOpen(found);

        if (open == 2)
        {
            open = 0;
            Take((byte)(Convert.FromHexString([(char)digit, (char)value])[0]), openAt, position + 1, found);
        }
        else if (open == 1)
        {
            (open, digit) = (2, value);
        }
        else if (value == Sign)
        {
            (open, openAt) = (1, position);
        }
        else
        {
            TakeAsIs(value, position, found);
        }
    }

    /// <summary>It is no escape after all.</summary>
    private void TakeOpen(List<MaskedRange> found)
    {
        var length = open;
        open = 0;
        if (length > 0) TakeAsIs(Sign, openAt, found);
        if (length > 1) TakeAsIs(digit, openAt + 1, found);
    }

    private void TakeAsIs(byte value, long position, List<MaskedRange> found) =>
        Take(isForm && value == Plus ? (byte)' ' : value, position, position + 1, found);
}
