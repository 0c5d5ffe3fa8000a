using System.Buffers;
using System.Text;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>The part of a piece of log that holds only whole characters.</summary>
/// <param name="Skip">Bytes at the start that end a character which began before the piece; at most 3.</param>
/// <param name="Length">Bytes behind them, without a character that the end of the piece cuts; at most 3 fewer.</param>
internal readonly record struct LogWindow(int Skip, int Length)
{
    private const int LongestTail = 3;

    /// <summary>Bytes that are no UTF-8 at all stay in the window: they are the reader's to show.</summary>
    public static LogWindow Of(ReadOnlySpan<byte> piece)
    {
        var skip = 0;
        while (skip < Math.Min(LongestTail, piece.Length) && IsContinuation(piece[skip])) skip++;

        var whole = piece[skip..];
        return new(skip, whole.Length - LengthOfCutCharacter(whole));
    }

    private static int LengthOfCutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(LongestTail, bytes.Length); length++)
        {
            if (IsContinuation(bytes[^length])) continue;
            return Rune.DecodeFromUtf8(bytes[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
        }
        return 0;
    }

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;
}
