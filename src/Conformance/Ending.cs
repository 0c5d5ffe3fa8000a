using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance;

/// <summary>How a call of a plugin ended: a closed set.</summary>
internal abstract record Ending
{
    private Ending() { }

    /// <summary>What two runs of one job have in common.</summary>
    /// <param name="job">Says which outputs have a value that is known.</param>
    public abstract string Summary(ConformanceCase job);

    public sealed record Returned(NodeResult Result) : Ending
    {
        public override string Summary(ConformanceCase job) => Result switch
        {
            NodeResult.Succeeded { Outputs: var outputs } => $"success with {string.Join(", ", outputs
                .OrderBy(output => output.Key, StringComparer.Ordinal)
                .Select(output => job.Outputs.GetValueOrDefault(output.Key) is null ? output.Key : $"{output.Key}={output.Value}"))}",
            NodeResult.Failed { Code: var code } => $"failure {code}",
            _ => $"{Result}",
        };
    }

    public sealed record Threw(Exception Exception) : Ending
    {
        public override string Summary(ConformanceCase job) => Exception.GetType().Name;
    }

    public sealed record Hung : Ending
    {
        public override string Summary(ConformanceCase job) => "no end in time";
    }
}
