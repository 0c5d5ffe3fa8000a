using System.Collections;
using System.Text;
using Scheduler.Plugins.Processes.Native;

namespace Scheduler.Plugins.Processes;

/// <summary>
/// The environment of this process as it was at the first job, encoded once. The server's own settings stay out of it: among them
/// are passwords and connection strings.
/// </summary>
internal static class InheritedEnvironment
{
    private const string OwnSettings = "SCHEDULER_";

    private static readonly KeyValuePair<string, byte[]>[] s_entries = Encode();

    /// <summary>
    /// The marker, the job's own variables and what is inherited; the earlier of the three wins. The marker comes first so that
    /// whoever looks for it finds it at the start.
    /// </summary>
    public static void Compose(StringTable table, IReadOnlyDictionary<string, string> marker, IReadOnlyDictionary<string, string> own)
    {
        foreach (var (name, value) in marker) table.Add(name, value);
        foreach (var (name, value) in own)
            if (!marker.ContainsKey(name)) table.Add(name, value);
        foreach (var (name, entry) in s_entries)
            if (!own.ContainsKey(name) && !marker.ContainsKey(name)) table.AddEncoded(entry);
    }

    private static KeyValuePair<string, byte[]>[] Encode() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(entry => !((string)entry.Key).StartsWith(OwnSettings, StringComparison.OrdinalIgnoreCase))
            .Select(entry => KeyValuePair.Create((string)entry.Key, Encoding.UTF8.GetBytes($"{entry.Key}={entry.Value}\0")))];
}
