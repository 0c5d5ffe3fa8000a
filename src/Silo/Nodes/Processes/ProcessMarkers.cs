using Scheduler.Contracts.Nodes;
using Scheduler.Plugins.Processes;

namespace Scheduler.Silo.Nodes.Processes;

/// <summary>The environment variables by which everything an attempt starts on this silo is found again.</summary>
internal sealed class ProcessMarkers(SiloMarker silo)
{
    public const string AttemptVariable = "SCHEDULER_ATTEMPT";

    private readonly string _silo = silo.ToString();

    /// <param name="attempt">The attempt.</param>
    /// <param name="gate">See <see cref="ProcessStart.GateVariable"/>; null where nobody takes over.</param>
    public IReadOnlyDictionary<string, string> For(AttemptId attempt, string? gate)
    {
        var marker = new Dictionary<string, string>(3) { [SiloMarker.Variable] = _silo, [AttemptVariable] = attempt.ToString() };
        if (gate is not null) marker[ProcessStart.GateVariable] = gate;
        return marker;
    }
}
