using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Nodes;

/// <summary>Passes on the newest of what one attempt reports, at most once a second. Safe for any number of threads.</summary>
internal sealed class ProgressReports(Action<NodeProgress> send, TimeProvider clock)
{
    private const int MaxTextLength = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private NodeProgress? newest;
    private int isSending;

    /// <summary>Never waits.</summary>
    public void Report(NodeProgress progress)
    {
        Volatile.Write(ref newest, Tame(progress));
        if (Interlocked.Exchange(ref isSending, 1) == 0) _ = Task.Run(SendAsync);
    }

    /// <summary>Whoever reports while this is about to end sends by itself, or is seen here.</summary>
    private async Task SendAsync()
    {
        do
        {
            while (Interlocked.Exchange(ref newest, null) is { } next)
            {
                send(next);
                await Task.Delay(Pause, clock);
            }

            Volatile.Write(ref isSending, 0);
        }
        while (Volatile.Read(ref newest) is not null && Interlocked.Exchange(ref isSending, 1) == 0);
    }

    /// <summary>Comes from a plugin, and is kept in memory and shown elsewhere.</summary>
    private static NodeProgress Tame(NodeProgress progress) => progress with
    {
        Percent = progress.Percent is { } percent && double.IsFinite(percent) ? Math.Clamp(percent, 0, 100) : null,
        Text = progress.Text is { Length: > MaxTextLength } text ? text[..MaxTextLength] : progress.Text,
    };
}
