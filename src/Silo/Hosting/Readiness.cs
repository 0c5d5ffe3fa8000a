using Dapper;
using Microsoft.Extensions.Hosting;
using Scheduler.Contracts;
using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Hosting;

/// <summary>Ready means: started, not stopping, and the database answers.</summary>
internal sealed class Readiness(IDatabase database, IHostApplicationLifetime lifetime, TimeProvider clock) : IReadiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Set once, when the server has been told to stop and still lets jobs end.</summary>
    public bool IsDraining { get; set; }

    public async ValueTask<string?> FindObstacleAsync(CancellationToken cancellationToken)
    {
        if (IsDraining || lifetime.ApplicationStopping.IsCancellationRequested) return "The server is stopping";
        if (!lifetime.ApplicationStarted.IsCancellationRequested) return "The server is starting";

        try
        {
            await database.ReadAsync(connection => connection.ExecuteScalarAsync<int>("SELECT 1"), cancellationToken)
                .WaitAsync(Patience, clock, cancellationToken);
            return null;
        }
        catch (Exception exception)
        {
            return $"The database does not answer: {exception.Message}";
        }
    }
}
