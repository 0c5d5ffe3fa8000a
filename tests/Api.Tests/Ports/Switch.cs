using Scheduler.Contracts;

namespace Scheduler.Api.Tests.Ports;

/// <summary>The store behind all ports of one test, which can go away.</summary>
public sealed class Switch : IReadiness
{
    public bool IsOff { get; set; }

    /// <summary>What a defect throws at the next call; null while there is none.</summary>
    public Exception? Defect { get; set; }

    public void Check()
    {
        if (Defect is not null) throw Defect;
        if (IsOff) throw new StorageUnavailableException("The store has been switched off.");
    }

    public ValueTask<string?> FindObstacleAsync(CancellationToken cancellationToken) => new(IsOff ? "the store is away" : null);
}
