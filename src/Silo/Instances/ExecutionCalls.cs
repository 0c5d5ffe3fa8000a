using Scheduler.Contracts;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Instances;

/// <summary>Calls to the grains of executions on behalf of a person, who waits for the answer or learns why there is none.</summary>
internal sealed class ExecutionCalls(LivingSilos silos)
{
    /// <summary>A takeover is over in one or two turns; more repeats than this mean that something else is wrong.</summary>
    private const int MaxMoves = 5;

    /// <exception cref="StorageUnavailableException">There was no answer; what was asked for may have been done.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        if (silos.Owners.Count == 0) throw new StorageUnavailableException("No silo is there that runs executions");

        for (var moves = 0; ; moves++)
        {
            try
            {
                return await call();
            }
            catch (ExecutionMovedException) when (moves < MaxMoves)
            {
                // Another silo is taking the execution over; the directory leads the next call there.
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                throw new StorageUnavailableException("The execution did not answer; what was asked for may have been done", exception);
            }
        }
    }
}
