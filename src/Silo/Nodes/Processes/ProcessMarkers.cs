using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>The environment variables by which everything an attempt starts on this silo is found again.</summary>
internal sealed class ProcessMarkers(SiloMarker silo)
{
    public const string AttemptVariable = "SCHEDULER_ATTEMPT";

    private readonly string _silo = silo.ToString();

    public IReadOnlyDictionary<string, string> For(AttemptId attempt) => new Dictionary<string, string>(2)
    {
        [SiloMarker.Variable] = _silo,
        [AttemptVariable] = attempt.ToString(),
    };
}
