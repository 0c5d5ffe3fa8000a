using System.Numerics;

namespace Scheduler.Silo.Nodes.Logging.Masking;

/// <summary>
/// Reads a stream of bytes in one form in which secrets may stand in it, and says where they do. Positions count from the start of the
/// stream.
/// </summary>
/// <param name="patterns">The secrets in this form.</param>
internal abstract class FormSearch(PatternSet patterns)
{
    /// <summary>Where the latest symbols begin that belong to a pattern, as many as the longest one has at least: a ring.</summary>
    private readonly long[] starts = new long[BitOperations.RoundUpToPowerOf2((uint)patterns.Longest)];
    private int state = PatternSet.Start;
    private long count;

    /// <summary>Nothing of what was read may be the beginning of a secret.</summary>
    protected bool IsIdle => state == PatternSet.Start;

    /// <summary>False for a symbol that changes nothing, as most do.</summary>
    protected bool MayMatter(byte symbol) => !IsIdle || patterns.IsFirst(symbol);

    /// <summary>Reads on.</summary>
    /// <param name="bytes">What comes next.</param>
    /// <param name="position">Of its first byte.</param>
    /// <param name="found">Takes the ranges of secrets.</param>
    public abstract void Read(ReadOnlySpan<byte> bytes, long position, List<MaskedRange> found);

    /// <summary>The stream is over.</summary>
    public virtual void End(List<MaskedRange> found) { }

    /// <summary>Where the earliest secret may begin that is not complete yet; the given end when there is none.</summary>
    public virtual long OpenFrom(long end) =>
        IsIdle ? end : StartOfLast(patterns.DepthOf(state));

    /// <summary>The next symbol, which the bytes from start to end stand for.</summary>
    protected void Take(byte symbol, long start, long end, List<MaskedRange> found)
    {
        state = patterns.Next(state, symbol);
        if (IsIdle) return;

        starts[count++ & (starts.Length - 1)] = start;
        if (patterns.MatchOf(state) is > 0 and var length) found.Add(new(StartOfLast(length), end));
    }

    /// <summary>What was read belongs to nothing that comes.</summary>
    protected void Reset() => state = PatternSet.Start;

    private long StartOfLast(int symbols) => starts[(count - symbols) & (starts.Length - 1)];
}

/// <summary>Bytes of a stream.</summary>
/// <param name="Start">Position of the first one.</param>
/// <param name="End">Position behind the last one.</param>
internal readonly record struct MaskedRange(long Start, long End);

/// <summary>The secret as it is.</summary>
internal sealed class PlainSearch(PatternSet patterns) : FormSearch(patterns)
{
    public override void Read(ReadOnlySpan<byte> bytes, long position, List<MaskedRange> found)
    {
        for (var i = 0; i < bytes.Length; i++)
            if (MayMatter(bytes[i])) Take(bytes[i], position + i, position + i + 1, found);
    }
}
