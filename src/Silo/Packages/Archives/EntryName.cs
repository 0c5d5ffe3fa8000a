using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// Decodes the name of a zip entry. The archive's own word comes first: the UTF-8 flag, then the Unicode path field. Names
/// without either are taken as UTF-8 when they are valid UTF-8, because most tools write that without saying so; else as GBK when
/// every character is one that Chinese names are made of. Nothing else is guessed.
/// </summary>
internal readonly record struct EntryName(string Text, bool IsGuessed)
{
    private const int Utf8Flag = 0x0800;
    private const ushort UnicodePathField = 0x7075;
    private const int GbkCodePage = 936;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding StrictGbk = CodePagesEncodingProvider.Instance.GetEncoding(
        GbkCodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>Null when the bytes are text in none of the encodings.</summary>
    public static EntryName? Decode(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> extra, int flags)
    {
        var isFlagged = (flags & Utf8Flag) != 0;
        if (!isFlagged && Try(StrictUtf8, UnicodePath(raw, extra)) is { Length: > 0 } declared)
            return new EntryName(declared, IsGuessed: false);
        if (Try(StrictUtf8, raw) is { } utf8) return new EntryName(utf8, IsGuessed: false);
        if (isFlagged) return null;

        return Try(StrictGbk, raw) is { } gbk && gbk.All(IsChineseText) ? new EntryName(gbk, IsGuessed: true) : null;
    }

    /// <summary>Bytes as they are, for a message about a name that cannot be decoded.</summary>
    public static string Raw(ReadOnlySpan<byte> raw) => Encoding.Latin1.GetString(raw);

    /// <summary>The field is valid only for the very name it was written for, which its checksum tells.</summary>
    private static ReadOnlySpan<byte> UnicodePath(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> extra)
    {
        var field = ExtraField.Find(extra, UnicodePathField);
        var isValid = field.Length > 5 && field[0] == 1 && BinaryPrimitives.ReadUInt32LittleEndian(field[1..]) == Crc32.HashToUInt32(raw);
        return isValid ? field[5..] : default;
    }

    private static string? Try(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>ASCII, CJK punctuation, ideographs of the basic block, full-width forms.</summary>
    private static bool IsChineseText(char c) =>
        c is (>= ' ' and <= '~') or (>= '\u3000' and <= '\u303f') or (>= '\u4e00' and <= '\u9fff') or (>= '\uff01' and <= '\uff5e');
}
