namespace Scheduler.Contracts;

/// <summary>Whether this process can do its work now: what a load balancer and the Azkaban status page ask.</summary>
public interface IReadiness
{
    /// <summary>Null when it is ready, else what is missing, in words for an operator. Answers quickly and does not throw.</summary>
    ValueTask<string?> FindObstacleAsync(CancellationToken cancellationToken);
}
