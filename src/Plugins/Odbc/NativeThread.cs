using System.Collections.Concurrent;

namespace Scheduler.Plugins.Odbc;

/// <summary>Runs blocking calls one after the other on a thread of its own, so that no pool thread waits for a database.</summary>
internal sealed class NativeThread : IDisposable
{
    private readonly BlockingCollection<Action> work = [];

    public NativeThread() => new Thread(Run) { IsBackground = true, Name = "odbc" }.Start();

    public Task<T> RunAsync<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>The thread ends after what was asked of it before.</summary>
    public void Dispose() => work.CompleteAdding();

    private void Run()
    {
        foreach (var call in work.GetConsumingEnumerable()) call();
        work.Dispose();
    }
}
