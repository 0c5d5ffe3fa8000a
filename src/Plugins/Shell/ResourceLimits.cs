using System.Globalization;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Processes;

namespace Scheduler.Plugins.Shell;

/// <summary>What the kernel lets the processes of a script use up (setrlimit(2)), set by <c>prlimit</c> in front of the command.</summary>
internal static class ResourceLimits
{
    /// <summary>Bounds of the options are for everybody; a node may only ask for less.</summary>
    /// <param name="settings">Of the node.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="front">The words in front of a command; none when nothing is limited.</param>
    public static NodeResult.Failed? Read(ShellSettings settings, ProcessOptions options, out IReadOnlyList<string> front)
    {
        var limits = new (string Setting, long? Value, long? Cap, Func<long, string> Word)[]
        {
            // One second between SIGXCPU, which says why, and SIGKILL.
            ("limit.cpu", Seconds(settings.LimitCpu), Seconds(options.MaxCpu), value => $"--cpu={Text(value)}:{Text(value + 1)}"),
            ("limit.memory", settings.LimitMemory is { } memory ? Bytes(memory) : null, options.MaxMemory, value => $"--as={Text(value)}"),
            ("limit.files", settings.LimitFiles, options.MaxOpenFiles, value => $"--nofile={Text(value)}"),
            ("limit.processes", settings.LimitProcesses, options.MaxProcesses, value => $"--nproc={Text(value)}"),
        };

        front = [];
        foreach (var (setting, value, cap, _) in limits)
            if (value > cap) return new("shell.limit", $"{setting}: administrators allow at most {cap}", CanRetry: false);

        List<string> words = [.. limits.Where(limit => (limit.Value ?? limit.Cap) is not null).Select(limit => limit.Word((limit.Value ?? limit.Cap)!.Value))];
        if (words.Count > 0) front = ["prlimit", .. words, "--"];
        return null;
    }

    private static long? Seconds(TimeSpan? duration) => duration is { } value ? (long)Math.Max(1, value.TotalSeconds) : null;

    private static long Bytes(string text)
    {
        var unit = char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        var number = unit > 0 ? text[..^1] : text;
        return (long)Math.Min(long.Parse(number, CultureInfo.InvariantCulture) * Math.Pow(2, unit), long.MaxValue / 2);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
