using System.Text;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Conformance;

/// <summary>The processes of an attempt: those whose environment carries its marker, on Linux.</summary>
internal static class MarkedProcesses
{
    /// <summary>Numbers and command lines of those that run.</summary>
    public static IReadOnlyList<string> Of(NodeContext context) =>
        Directory.Exists("/proc") ? [.. Directory.EnumerateDirectories("/proc").Where(folder => Carries(folder, context.Marker)).Select(Describe)] : [];

    private static bool Carries(string folder, IReadOnlyDictionary<string, string> marker)
    {
        if (!char.IsAsciiDigit(Path.GetFileName(folder)[0])) return false;

        var variables = Read(folder, "environ").Split('\0');
        return marker.All(entry => variables.Contains($"{entry.Key}={entry.Value}"));
    }

    private static string Describe(string folder) => $"{Path.GetFileName(folder)} ({Read(folder, "cmdline").Replace('\0', ' ').Trim()})";

    /// <summary>Empty for a process that has ended, or that belongs to somebody else.</summary>
    private static string Read(string folder, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, file)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
