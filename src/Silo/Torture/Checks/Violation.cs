namespace Scheduler.Silo.Torture.Checks;

/// <summary>Something that must never happen, and what shows that it did.</summary>
/// <param name="Message">In words.</param>
/// <param name="Evidence">Lines of ledger, journal and logs; may be empty.</param>
internal sealed record Violation(string Message, IReadOnlyList<string> Evidence)
{
    public Violation(string message) : this(message, []) { }
}

/// <summary>What a check has found.</summary>
/// <param name="Name">What it is about, in a few words.</param>
/// <param name="Examined">How many things it has looked at.</param>
/// <param name="Violations">What must not be.</param>
internal sealed record CheckResult(string Name, int Examined, IReadOnlyList<Violation> Violations);
