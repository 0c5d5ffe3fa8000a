namespace Scheduler.Silo.Cli;

/// <summary>How this program is started once more.</summary>
internal static class OwnProgram
{
    /// <summary>The program, and the arguments before those of a verb.</summary>
    public static IReadOnlyList<string> Command { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == typeof(SchedulerCommand).Assembly.GetName().Name
            ? [Environment.ProcessPath!]
            : ["dotnet", typeof(SchedulerCommand).Assembly.Location];
}
