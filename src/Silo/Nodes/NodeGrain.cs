using System.Globalization;
using Orleans.Placement;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// Identity and address of one attempt. The silo that got a slot for it calls first and so becomes its place; a second start, from
/// a queue that handed it out twice, finds it there and does nothing. The work runs on the <see cref="NodeRunner"/>, outside the
/// grain's turn, so nothing here takes long.
/// </summary>
[PreferLocalPlacement, KeepAlive]
internal sealed class NodeGrain(NodeRunner runner, SiloIdentity silo) : Grain, INodeGrain
{
    /// <summary>The extension of the grain's key.</summary>
    public static string KeyOf(AttemptId attempt) => $"{attempt.Node}.{attempt.Number}";

    public Task<bool> StartAsync(string caller)
    {
        var started = caller == silo.Owner && runner.TryBegin(ReadKey(), LeaveMemory);
        return Task.FromResult(started);
    }

    private void LeaveMemory() => GrainContext.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "The attempt has ended"));

    private AttemptId ReadKey()
    {
        var execution = this.GetPrimaryKeyLong(out var extension);
        var dot = extension!.IndexOf('.', StringComparison.Ordinal);
        return new AttemptId(
            execution,
            int.Parse(extension.AsSpan(0, dot), CultureInfo.InvariantCulture),
            int.Parse(extension.AsSpan(dot + 1), CultureInfo.InvariantCulture));
    }
}
