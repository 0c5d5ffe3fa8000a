using System.Diagnostics;

namespace Scheduler.Plugins.Odbc;

/// <summary>
/// Stands beside a blocking call and stops its statement when the caller cancels or the time is up. It asks again until the call has
/// returned: a request that arrives before the statement has begun is lost. After <see cref="Dispose"/> it asks no more.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Statement statement;
    private readonly TimeSpan timeout;
    private readonly CancellationToken cancellationToken;
    private readonly long startedAt = Stopwatch.GetTimestamp();
    private readonly Timer timer;
    private readonly CancellationTokenRegistration registration;
    private bool isOver;
    private volatile bool hasAsked;

    /// <param name="statement">The one that is about to be called.</param>
    /// <param name="timeout">None when it is <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    public Interruption(Statement statement, TimeSpan timeout, CancellationToken cancellationToken)
    {
        this.statement = statement;
        this.timeout = timeout;
        this.cancellationToken = cancellationToken;
        timer = new Timer(_ => Ask(), state: null, timeout, AskAgain);
        registration = cancellationToken.UnsafeRegister(_ => timer.Change(TimeSpan.Zero, AskAgain), null);
    }

    /// <summary>What the failure of the call means to the caller: it was cancelled, it took too long, or it failed by itself.</summary>
    public Exception Explain(OdbcException error)
    {
        if (cancellationToken.IsCancellationRequested) return new OperationCanceledException("The statement was cancelled.", error, cancellationToken);
        // A timer may be a little early; a driver that watches the time as well may be before it.
        if (!hasAsked && (timeout == Timeout.InfiniteTimeSpan || Stopwatch.GetElapsedTime(startedAt) < timeout)) return error;

        var late = new OdbcError(OdbcException.TimedOut, 0, $"Not done in {timeout.TotalSeconds} s");
        return new OdbcException("The statement was stopped", [late, .. error.Errors], error);
    }

    public void Dispose()
    {
        registration.Dispose();
        timer.Dispose();
        lock (gate) isOver = true;
    }

    private void Ask()
    {
        lock (gate)
        {
            if (isOver) return;

            hasAsked = true;
            statement.Cancel();
        }
    }
}
