using System.CommandLine;
using Scheduler.Plugins;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Http;
using Scheduler.Plugins.Processes;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Plugins;
using Scheduler.Silo.Plugins.Isolation;

namespace Scheduler.Silo.Cli.Plugins;

/// <summary><c>scheduler plugin-host</c>: what the server starts to run a plugin in a process of its own. Nobody else calls it.</summary>
internal static class PluginHostCommand
{
    private const string Name = "plugin-host";

    private static readonly Argument<string> Folder = new("folder") { Description = "The folder of the plugin, or that of exports" };
    private static readonly Option<bool> BuiltIn = new("--built-in") { Description = "Runs the types that come with the scheduler" };

    /// <summary>What has the plugin of a folder run.</summary>
    public static IReadOnlyList<string> CommandFor(string folder) => [.. OwnProgram.Command, Name, folder];

    /// <summary>What has the types run that come with the scheduler.</summary>
    /// <param name="exports">See <see cref="ExportOptions.Folder"/>.</param>
    public static IReadOnlyList<string> CommandForBuiltIn(string exports) => [.. OwnProgram.Command, Name, BuiltIn.Name, exports];

    public static Command Create()
    {
        var command = new Command(Name, "Runs a plugin for a server that talks to it through standard input and output") { Folder, BuiltIn };
        command.Hidden = true;
        command.SetAction(async (parsed, _) => await ServeAsync(parsed.GetRequiredValue(Folder), parsed.GetValue(BuiltIn)));
        return command;
    }

    private static async Task ServeAsync(string folder, bool isBuiltIn)
    {
        var (input, output) = StandardStreams.Take();
        await HostedPlugins.ServeAsync(() => isBuiltIn ? LoadBuiltIn(folder) : Load(folder), input, output)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Threads that the plugin has left would keep the process alive.
        Environment.Exit(ExitCodes.Succeeded);
    }

    private static IReadOnlyList<NodeType> Load(string folder) => PluginAssembly.Load(folder, PluginManifest.Read(folder)).Types;

    private static IReadOnlyList<NodeType> LoadBuiltIn(string exports) =>
        [.. BuiltInPlugins.Create(new ProcessOptions(), new ExportOptions { Folder = exports }, new HttpOptions()).SelectMany(NodeType.Of)];
}
