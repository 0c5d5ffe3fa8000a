using System.Text;

namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>
/// Replaces references by the values of other properties, and the references in those, however deep: with a stack of its own, each
/// property once. A fault does not end the walk, so that all of them are found; what depends on a faulty property is faulty, silently.
/// </summary>
internal sealed class ReferenceExpander(IReadOnlyDictionary<string, string> source, ResolutionLedger ledger)
{
    /// <summary>Properties that are through; null for a faulty one.</summary>
    private readonly Dictionary<string, string?> finished = [];

    /// <summary>Properties whose value is being replaced, the innermost last.</summary>
    private readonly List<Frame> open = [];

    /// <summary>Properties ever opened: open still unless they are finished.</summary>
    private readonly HashSet<string> begun = [];

    /// <summary>The value of an existing property with everything replaced; null when there was a fault.</summary>
    public string? Expand(string name)
    {
        if (finished.TryGetValue(name, out var value)) return value;

        begun.Add(name);
        return Run(new Frame(name, name, source[name]));
    }

    /// <summary>The same for a text that is not itself a property others can refer to.</summary>
    public string? ExpandText(string owner, string text) => Run(new Frame(owner, null, text));

    private string? Run(Frame root)
    {
        open.Add(root);
        while (!ledger.IsClosed)
        {
            var frame = open[^1];
            if (ReferenceScanner.Find(frame.Text, frame.Position) is { } reference)
            {
                Append(frame, frame.Text.AsSpan(frame.Position, reference.Start - frame.Position));
                frame.Position = reference.End;
                Follow(frame, reference.Name);
                continue;
            }

            Append(frame, frame.Text.AsSpan(frame.Position));
            var value = Close(frame);
            if (open.Count == 0) return value;
            Hand(open[^1], value);
        }

        return null;
    }

    private void Follow(Frame frame, string name)
    {
        if (finished.TryGetValue(name, out var value)) Hand(frame, value);
        else if (begun.Contains(name)) Fail(frame, PropertyFault.Circular(Chain(), name));
        else if (!source.TryGetValue(name, out var text)) Fail(frame, PropertyFault.Undefined(Chain().Append(name)));
        else if (!text.Contains('$')) Append(frame, text);
        else Open(name, text);
    }

    private void Open(string name, string text)
    {
        begun.Add(name);
        open.Add(new Frame(name, name, text));
    }

    private string? Close(Frame frame)
    {
        var value = frame.IsFaulty ? null : frame.Output.ToString();
        open.RemoveAt(open.Count - 1);
        if (frame.Name is not null) finished[frame.Name] = value;
        return value;
    }

    private void Hand(Frame frame, string? value)
    {
        if (value is null) frame.IsFaulty = true;
        else Append(frame, value);
    }

    private void Append(Frame frame, ReadOnlySpan<char> text)
    {
        if (frame.IsFaulty) return;

        ledger.Charge(text.Length);
        if (frame.Output.Length + text.Length > PropertyLimits.MaxValueLength) Fail(frame, PropertyFault.TooLong(frame.Owner));
        else frame.Output.Append(text);
    }

    private void Fail(Frame frame, PropertyFault fault)
    {
        ledger.Report(fault);
        frame.IsFaulty = true;
    }

    private IEnumerable<string> Chain() => open.Select(frame => frame.Name).OfType<string>();

    /// <summary>A value half replaced.</summary>
    /// <param name="owner">The property a fault is reported for.</param>
    /// <param name="name">The property it is the value of; null when nothing can refer to it.</param>
    /// <param name="text">The value as written.</param>
    private sealed class Frame(string owner, string? name, string text)
    {
        public string Owner => owner;
        public string? Name => name;
        public string Text => text;
        public StringBuilder Output { get; } = new();

        /// <summary>Up to here the text is in the output.</summary>
        public int Position { get; set; }
        public bool IsFaulty { get; set; }
    }
}
