namespace Scheduler.Contracts.Plugins;

/// <summary>What a plugin says about an attempt.</summary>
public abstract record NodeResult
{
    private NodeResult() { }

    /// <param name="Outputs">Output properties for the nodes after it and for conditions.</param>
    public sealed record Succeeded(IReadOnlyDictionary<string, string> Outputs) : NodeResult
    {
        /// <summary>Success with nothing to hand on.</summary>
        public static Succeeded WithoutOutputs { get; } = new(new Dictionary<string, string>());
    }

    /// <param name="Code">Stable and dotted, such as <c>process.exit-code</c>.</param>
    /// <param name="Message">For a person; becomes the last line of the log.</param>
    /// <param name="CanRetry">False when another try with the same settings must fail too.</param>
    public sealed record Failed(string Code, string Message, bool CanRetry = true) : NodeResult;

    /// <summary>
    /// Not over, and nothing runs here meanwhile: the slot is given back, and the same attempt is called again later. An
    /// <see cref="IReattachingPlugin"/> that has saved a handle is then called with it.
    /// </summary>
    /// <param name="Reason">For a person: what it waits for.</param>
    /// <param name="CheckAfter">When to call again; from a second to a day.</param>
    public sealed record Waiting(string Reason, TimeSpan CheckAfter) : NodeResult;
}
