using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;

namespace Scheduler.ProcessHost;

/// <summary>Runs a few jobs one after the other and prints their exit codes, for odd surroundings.</summary>
internal static class Codes
{
    public static async Task<int> RunAsync(bool useDescriptors)
    {
        AppContext.SetSwitch("Scheduler.Processes.PidDescriptors", useDescriptors);
        List<string> codes = [];
        for (var code = 0; code < 5; code++)
        {
            var start = new ProcessStart
            {
                Program = "/bin/sh",
                Arguments = ["-c", $"sleep 0.02; (setsid sleep 1000 &); exit {code}"],
                Directory = "/",
                Marker = new Dictionary<string, string> { ["SCHEDULER_ATTEMPT"] = $"codes-{Environment.ProcessId}-{code}" },
            };
            var options = new ProcessOptions { LeftoverLinger = TimeSpan.Zero };
            var ending = await AttemptProcess.RunAsync(start, new SilentLog(), options, grace: null, CancellationToken.None);
            codes.Add(ending is ProcessEnding.Exited exited ? $"{exited.Code}" : ending.ToString());
        }

        await Console.Out.WriteLineAsync(string.Join(' ', codes));
        return 0;
    }

    private sealed class SilentLog : NodeLog
    {
        public override ValueTask WriteLineAsync(LogLevel level, string message, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;

        public override ValueTask WriteOutputAsync(ReadOnlyMemory<byte> output, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;
    }
}
