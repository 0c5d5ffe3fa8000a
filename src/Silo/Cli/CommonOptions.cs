using System.CommandLine;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Cli;

/// <summary>
/// Flags that several verbs have. A flag wins over the environment (<c>SCHEDULER_Scheduler__Data=…</c>), which wins over
/// <c>appsettings.json</c> in the current folder; a flag that is not given changes nothing.
/// </summary>
internal static class CommonOptions
{
    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder for everything that is kept on this machine (default: ./data)",
    };

    public static Option<string?> Database { get; } = new("--database")
    {
        Description = "PostgreSQL connection string; makes the process a member of the cluster sharing it (default: embedded SQLite)",
    };

    /// <summary>Of every verb.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Shows the engine's log, and where an error comes from",
        Recursive = true,
    };

    /// <summary>The given flags as configuration keys.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> ReadCommon(this ParseResult parsed)
    {
        if (parsed.GetValue(Data) is { } data) yield return new($"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Data)}", data);
        if (parsed.GetValue(Database) is { } database)
            yield return new($"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Database)}", database);
    }
}
