using System.CommandLine;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Plugins.Isolation;

namespace Scheduler.Silo.Cli.Plugins;

/// <summary><c>scheduler plugin-host</c>: what the server starts to run a plugin in a process of its own. Nobody else calls it.</summary>
internal static class PluginHostCommand
{
    public const string Name = "plugin-host";

    private static readonly Argument<string> Folder = new("folder") { Description = "The folder of the plugin" };

    public static Command Create()
    {
        var command = new Command(Name, "Runs a plugin for a server that talks to it through standard input and output") { Folder };
        command.Hidden = true;
        command.SetAction(async (parsed, _) => await ServeAsync(parsed.GetRequiredValue(Folder)));
        return command;
    }

    private static async Task ServeAsync(string folder)
    {
        var (input, output) = StandardStreams.Take();
        await HostedPlugins.ServeAsync(folder, input, output).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Threads that the plugin has left would keep the process alive.
        Environment.Exit(ExitCodes.Succeeded);
    }
}
