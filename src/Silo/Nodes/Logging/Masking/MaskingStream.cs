using System.Buffers;

namespace Scheduler.Silo.Nodes.Logging.Masking;

/// <summary>
/// Replaces secrets in a stream of bytes, wherever it is cut. It holds back only what may be the beginning of a secret; everything else goes
/// on unchanged. Not thread-safe.
/// </summary>
internal sealed class MaskingStream(IReadOnlyList<FormSearch> searches)
{
    private readonly ArrayBufferWriter<byte> held = new();
    private readonly List<MaskedRange> found = [];

    /// <summary>Position of the first byte that is held.</summary>
    private long heldFrom;

    /// <summary>True once a secret was found.</summary>
    public bool HasMasked { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes, IBufferWriter<byte> target)
    {
        var position = heldFrom + held.WrittenCount;
        foreach (var search in searches) search.Read(bytes, position, found);
        held.Write(bytes);

        var end = position + bytes.Length;
        Emit(searches.Min(search => search.OpenFrom(end)), target);
    }

    /// <summary>The stream is over: what is held is no secret.</summary>
    public void End(IBufferWriter<byte> target)
    {
        foreach (var search in searches) search.End(found);
        Emit(heldFrom + held.WrittenCount, target);
    }

    /// <param name="end">No secret that is still to be found begins before it.</param>
    /// <param name="target">Takes what stands before it.</param>
    private void Emit(long end, IBufferWriter<byte> target)
    {
        var bytes = held.WrittenSpan;
        var at = heldFrom;
        var done = 0;
        Join();
        for (; done < found.Count && found[done].Start < end; done++)
        {
            var (start, behind) = found[done];
            target.Write(bytes[(int)(at - heldFrom)..(int)(start - heldFrom)]);
            at = start;
            if (behind > end) break;

            target.Write(SecretMask.Sign);
            HasMasked = true;
            at = behind;
        }

        found.RemoveRange(0, done);
        // A range that reaches behind the end may still grow.
        var upTo = found.Count > 0 ? Math.Min(end, found[0].Start) : end;
        if (at < upTo)
        {
            target.Write(bytes[(int)(at - heldFrom)..(int)(upTo - heldFrom)]);
            at = upTo;
        }

        Keep(bytes[(int)(at - heldFrom)..]);
        heldFrom = at;
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        var copy = rest.ToArray();
        held.ResetWrittenCount();
        held.Write(copy);
    }

    /// <summary>In order, those that overlap as one: with different cuts they come one by one or together, and must look the same.</summary>
    private void Join()
    {
        if (found.Count < 2) return;

        found.Sort((one, other) => one.Start.CompareTo(other.Start));
        var last = 0;
        for (var i = 1; i < found.Count; i++)
            if (found[i].Start < found[last].End) found[last] = new(found[last].Start, Math.Max(found[last].End, found[i].End));
            else found[++last] = found[i];
        found.RemoveRange(last + 1, found.Count - last - 1);
    }
}
