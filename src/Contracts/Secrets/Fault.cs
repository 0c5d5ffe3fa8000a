namespace Scheduler.Contracts.Secrets;

/// <summary>One thing that is wrong with what an administrator asks for.</summary>
/// <param name="Code">Stable and dotted, such as <c>datasource.unknown-option</c>; clients may branch on it.</param>
/// <param name="Message">For a person: what is wrong and how to mend it. Never holds a secret.</param>
/// <param name="Place">Such as <c>options/host</c>; null when it concerns the whole.</param>
public sealed record Fault(string Code, string Message, string? Place = null);

/// <summary>What became of a change of secrets or data sources.</summary>
public abstract record ChangeResult
{
    private ChangeResult() { }

    /// <summary>Stored, with an audit row; also when it was so before.</summary>
    public sealed record Done : ChangeResult;

    /// <summary>It makes no sense, whatever is stored; every reason is listed.</summary>
    public sealed record Invalid(IReadOnlyList<Fault> Faults) : ChangeResult;

    /// <summary>Something that it names does not exist.</summary>
    public sealed record Unknown(Fault Fault) : ChangeResult;

    /// <summary>Its name is in use already.</summary>
    public sealed record Taken(Fault Fault) : ChangeResult;
}

/// <summary>A part of a long list in the order of names.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">The name after which the next part begins; null behind the last one.</param>
public sealed record NamePage<T>(IReadOnlyList<T> Items, string? Next);
