namespace Scheduler.Contracts.Keys;

/// <summary>Answers what KEY nodes ask.</summary>
public interface IKeyResolver
{
    Task<KeyAnswer> ResolveAsync(KeyQuestion question, CancellationToken cancellationToken);
}

/// <summary>What a KEY node is told.</summary>
public abstract record KeyAnswer
{
    private KeyAnswer() { }

    /// <summary>It may go on.</summary>
    /// <param name="Executions">What satisfies it, oldest first.</param>
    public sealed record Satisfied(IReadOnlyList<long> Executions) : KeyAnswer;

    /// <summary>Not yet.</summary>
    /// <param name="Reason">For a person: what is missing.</param>
    public sealed record Open(string Reason) : KeyAnswer;

    /// <summary>Never, as things are: it may not look there, or there is nothing of that name.</summary>
    /// <param name="Code">Stable and dotted.</param>
    /// <param name="Reason">For a person.</param>
    public sealed record Refused(string Code, string Reason) : KeyAnswer;
}
