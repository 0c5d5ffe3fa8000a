namespace Scheduler.Silo.Instances;

/// <summary>What became of compiling a workflow.</summary>
internal abstract record GraphCompilation
{
    private GraphCompilation() { }

    internal sealed record Compiled(ExecutionGraph Graph) : GraphCompilation;

    /// <param name="Kind">What kind of fault it is.</param>
    /// <param name="Reason">For a person.</param>
    internal sealed record Rejected(RejectionKind Kind, string Reason) : GraphCompilation;
}

/// <summary>Why a workflow cannot be compiled.</summary>
internal enum RejectionKind
{
    /// <summary>The package has no workflow of the name, or a node embeds one that does not exist.</summary>
    UnknownWorkflow = 0,

    /// <summary>With everything it embeds it has more nodes or edges than allowed; a workflow that embeds itself is endless.</summary>
    TooLarge = 1,

    /// <summary>Nodes wait for each other, or for a node that does not exist.</summary>
    NotADag = 2,
}
