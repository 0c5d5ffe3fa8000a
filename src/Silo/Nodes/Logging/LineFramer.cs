using System.Buffers;

namespace Scheduler.Silo.Nodes.Logging;

/// <summary>
/// Cuts a stream of bytes at line feeds and puts a front before each line. The end of the stream so far waits until its line is
/// complete. A line that is too long becomes several, cut between characters where the bytes are UTF-8.
/// </summary>
internal sealed class LineFramer
{
    /// <summary>Bytes of a line without its front and line feed.</summary>
    public const int LongestLine = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _open = new();

    public void Add(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> front, IBufferWriter<byte> target)
    {
        while (!bytes.IsEmpty)
        {
            var feed = bytes.IndexOf((byte)'\n');
            var piece = feed < 0 ? bytes : bytes[..feed];
            var room = LongestLine - _open.WrittenCount;
            if (piece.Length > room)
            {
                _open.Write(piece[..room]);
                BreakLine(next: piece[room], front, target);
                bytes = bytes[room..];
            }
            else if (feed < 0)
            {
                _open.Write(piece);
                return;
            }
            else
            {
                CloseLine(piece, front, target);
                bytes = bytes[(feed + 1)..];
            }
        }
    }

    /// <summary>The stream is over: what waits is a line of its own.</summary>
    public void End(ReadOnlySpan<byte> front, IBufferWriter<byte> target)
    {
        if (_open.WrittenCount > 0) CloseLine([], front, target);
    }

    private void CloseLine(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> front, IBufferWriter<byte> target)
    {
        target.Write(front);
        target.Write(_open.WrittenSpan);
        target.Write(rest);
        target.Write("\n"u8);
        _open.ResetWrittenCount();
    }

    /// <summary>Ends a full line, and begins the next one with the character that would be torn, if there is one.</summary>
    private void BreakLine(byte next, ReadOnlySpan<byte> front, IBufferWriter<byte> target)
    {
        var line = _open.WrittenSpan;
        var cut = IsContinuation(next) ? StartOfLastCharacter(line) : line.Length;
        Span<byte> torn = stackalloc byte[line.Length - cut];
        line[cut..].CopyTo(torn);

        target.Write(front);
        target.Write(line[..cut]);
        target.Write("\n"u8);
        _open.ResetWrittenCount();
        _open.Write(torn);
    }

    /// <returns>At most three bytes before the end; the end itself when these bytes are no UTF-8.</returns>
    private static int StartOfLastCharacter(ReadOnlySpan<byte> line)
    {
        for (var start = line.Length - 1; start >= line.Length - 3; start--)
            if (!IsContinuation(line[start])) return start;
        return line.Length;
    }

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;
}
