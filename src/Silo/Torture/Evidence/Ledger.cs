using System.Globalization;

namespace Scheduler.Silo.Torture.Evidence;

/// <summary>What a job says about itself.</summary>
internal enum LedgerKind
{
    Start = 0,

    /// <summary>It is about to succeed.</summary>
    End = 1,

    /// <summary>It is about to fail, as planned.</summary>
    Fail = 2,

    /// <summary>It has seen another try of its node still running.</summary>
    Beside = 3,
}

/// <summary>One line a job has written.</summary>
/// <param name="Execution">The execution.</param>
/// <param name="Path">Path of the node.</param>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="Kind">What it says.</param>
/// <param name="At">Nanoseconds since the Unix epoch, by the clock of the machine.</param>
/// <param name="Pid">Process of the job.</param>
/// <param name="Silo">Marker of the silo that ran it.</param>
/// <param name="Other">With <see cref="LedgerKind.Beside"/>: the try it has seen; else null.</param>
/// <param name="Text">The line.</param>
internal sealed record LedgerLine(
    long Execution, string Path, int Attempt, LedgerKind Kind, long At, int Pid, string Silo, OtherTry? Other, string Text);

/// <summary>A try that another one has seen.</summary>
internal sealed record OtherTry(int Attempt, int Pid, string Silo);

/// <summary>Everything the jobs of a run have written.</summary>
/// <param name="Lines">In the order written within an execution.</param>
/// <param name="Broken">Lines that no job can have written whole.</param>
internal sealed record Ledger(IReadOnlyList<LedgerLine> Lines, IReadOnlyList<string> Broken)
{
    public static Ledger Parse(IEnumerable<string> texts)
    {
        var lines = new List<LedgerLine>();
        var broken = new List<string>();
        foreach (var text in texts)
            if (ParseLine(text) is { } line) lines.Add(line);
            else broken.Add(text);
        return new Ledger(lines, broken);
    }

    /// <summary>All ledgers of a folder, one file for each execution.</summary>
    public static Ledger Read(string folder) =>
        Parse(Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).SelectMany(File.ReadLines));

    private static LedgerLine? ParseLine(string text)
    {
        var words = text.Split(' ');
        if (words.Length is not (7 or 10)
            || !long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var execution)
            || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            || KindOf(words[3]) is not { } kind
            || !long.TryParse(words[4], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || !int.TryParse(words[5], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            || (kind == LedgerKind.Beside) != (words.Length == 10))
            return null;

        var other = kind == LedgerKind.Beside ? ParseOther(words.AsSpan(7)) : null;
        return kind == LedgerKind.Beside && other is null ? null : new(execution, words[1], attempt, kind, at, pid, words[6], other, text);
    }

    private static OtherTry? ParseOther(ReadOnlySpan<string> words) =>
        int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
        && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? new OtherTry(attempt, pid, words[2])
            : null;

    private static LedgerKind? KindOf(string word) => word switch
    {
        "start" => LedgerKind.Start,
        "end" => LedgerKind.End,
        "fail" => LedgerKind.Fail,
        "beside" => LedgerKind.Beside,
        _ => null,
    };
}
