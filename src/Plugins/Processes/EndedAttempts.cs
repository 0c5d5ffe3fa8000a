using System.Collections.Concurrent;

namespace Scheduler.Plugins.Processes;

/// <summary>
/// Looks once more for processes of attempts that seem to have ended cleanly. A process that has both left its session and closed its
/// outputs shows in <c>/proc</c> alone, and a look there costs more than a whole job; so one look a second serves all attempts that
/// have ended meanwhile, and none is made while nothing ends.
/// </summary>
internal static class EndedAttempts
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> s_ended = new();
    private static int s_isRunning;

    public static void Add(IReadOnlyDictionary<string, string> marker, ProcessOptions options)
    {
        s_ended.Enqueue(marker);
        if (Volatile.Read(ref s_isRunning) == 0 && Interlocked.Exchange(ref s_isRunning, 1) == 0) _ = RunAsync(options.LeftoverGrace);
    }

    private static async Task RunAsync(TimeSpan grace)
    {
        do
        {
            while (!s_ended.IsEmpty) await SweepAsync(grace);
            Volatile.Write(ref s_isRunning, 0);
        }
        while (!s_ended.IsEmpty && Interlocked.Exchange(ref s_isRunning, 1) == 0);
    }

    private static async Task SweepAsync(TimeSpan grace)
    {
        await Task.Delay(s_pause, TimeProvider.System);
        List<IReadOnlyDictionary<string, string>> ended = [];
        while (s_ended.TryDequeue(out var marker)) ended.Add(marker);

        var markers = new MarkerSet(ended);
        if (ProcessTable.Find(markers.Matches).Count > 0) await ProcessSweep.EndAsync(markers.Matches, grace, TimeProvider.System);
    }
}
