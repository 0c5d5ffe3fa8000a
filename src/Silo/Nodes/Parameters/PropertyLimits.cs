namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>
/// Bounds of what a package can make the platform compute: a few short lines that refer to each other twice can ask for more text
/// than there is memory. Lengths are counted in UTF-16 units. Values without references are never touched, whatever their length.
/// </summary>
internal static class PropertyLimits
{
    /// <summary>Length of one value in which references were replaced.</summary>
    public const int MaxValueLength = 1 << 20;

    /// <summary>Text produced for one attempt, intermediate results included.</summary>
    public const int MaxWork = 16 << 20;

    /// <summary>Length of one <c>$( … )</c>; a longer one counts as not well formed.</summary>
    public const int MaxExpressionLength = 10_000;

    /// <summary>Faults reported for one attempt.</summary>
    public const int MaxFaults = 50;
}

/// <summary>What is left of <see cref="PropertyLimits.MaxWork"/>, and the faults found, for one attempt.</summary>
internal sealed class ResolutionLedger
{
    private readonly List<PropertyFault> faults = [];
    private int work = PropertyLimits.MaxWork;

    public IReadOnlyList<PropertyFault> Faults => faults;

    /// <summary>True once nothing more should be computed.</summary>
    public bool IsClosed { get; private set; }

    public void Report(PropertyFault fault)
    {
        if (IsClosed) return;

        faults.Add(fault);
        IsClosed = faults.Count >= PropertyLimits.MaxFaults;
    }

    /// <summary>Takes note of text that was produced.</summary>
    public void Charge(int length)
    {
        if (IsClosed || (work -= length) >= 0) return;

        Report(PropertyFault.TooMuch);
        IsClosed = true;
    }
}
