using System.Security.Cryptography;

namespace Scheduler.Silo.Storage.PostgreSql;

/// <summary>
/// Waits between repetitions: 10 ms doubling up to 1 s, each shortened at random by up to half so that silos do not come back in
/// step. Ends when the patience that began with the first failure, or with <see cref="Begin"/>, is used up.
/// </summary>
internal sealed class Backoff(TimeProvider clock, TimeSpan patience)
{
    private const int FirstMilliseconds = 10;
    private const int LongestMilliseconds = 1_000;

    private long? firstFailure;
    private int next = FirstMilliseconds;

    /// <summary>Patience counts from now on.</summary>
    public Backoff Begin()
    {
        firstFailure = clock.GetTimestamp();
        return this;
    }

    /// <summary>False when there is no patience left; else true after the wait.</summary>
    public async ValueTask<bool> TryWaitAsync(CancellationToken cancellationToken)
    {
        firstFailure ??= clock.GetTimestamp();
        if (clock.GetElapsedTime(firstFailure.Value) >= patience) return false;

        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(next / 2, next + 1)), clock, cancellationToken).ConfigureAwait(false);
        next = Math.Min(next * 2, LongestMilliseconds);
        return true;
    }

    /// <summary>Something succeeded: the next failure is a first one again.</summary>
    public void Reset()
    {
        firstFailure = null;
        next = FirstMilliseconds;
    }
}
