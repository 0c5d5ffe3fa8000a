using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Cli.Run;
using Scheduler.Silo.Hosting;
using Scheduler.Silo.Plugins;

namespace Scheduler.Silo.Cli.Plugins;

/// <summary><c>scheduler plugin</c>: what is installed, whether it can be used, and loading it without a restart.</summary>
internal static class PluginCommand
{
    private static readonly Argument<string> Folder = new("folder") { Description = "The folder of one plugin, with its plugin.json" };

    private static readonly Option<string?> Root = new("--folder") { Description = "A folder with one folder per plugin (default: that of the configuration)" };

    private static readonly Option<string?> Server = new("--server") { Description = "Address of a running server; asks it instead of looking into folders" };

    private static readonly Option<string> User = new("--user") { Description = "An administrator of that server", DefaultValueFactory = _ => "admin" };

    public static Command Create()
    {
        var list = new Verb("list", "Lists plugins and what is wrong with them") { Root, Server, User, CommonOptions.Data };
        list.Examples.Add(new("scheduler plugin list --folder plugins", "what a server with this folder would load"));
        list.Examples.Add(new("SCHEDULER_PASSWORD=… scheduler plugin list --server http://127.0.0.1:8081", "what a running server has loaded"));
        list.SetAction((parsed, cancellationToken) =>
            parsed.GetValue(Server) is { } server ? AskAsync(parsed, server, isReload: false, cancellationToken) : ListAsync(parsed, cancellationToken));

        var validate = new Verb("validate", "Loads one plugin and says what it brings, or why it cannot be used") { Folder };
        validate.Examples.Add(new("scheduler plugin validate plugins/sap", "the node types of the plugin"));
        validate.SetAction((parsed, cancellationToken) => ValidateAsync(parsed.GetRequiredValue(Folder), cancellationToken));

        var reload = new Verb("reload", "Has all silos of a running server look into their folders again") { Server, User };
        reload.Examples.Add(new("SCHEDULER_PASSWORD=… scheduler plugin reload --server http://127.0.0.1:8081", "loads what was installed since"));
        reload.SetAction((parsed, cancellationToken) =>
            AskAsync(parsed, parsed.GetValue(Server) ?? SchedulerOptions.DefaultUrl, isReload: true, cancellationToken));

        return new Verb("plugin", "Looks after plugins, which bring node types") { list, validate, reload };
    }

    private static async Task<int> ListAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var copies = new TemporaryFolder();
        await using var services = Build([.. parsed.ReadCommon(), .. Flags(parsed)], copies);
        var plugins = await services.GetRequiredService<PluginLoader>().LoadAsync(cancellationToken);
        Print(PluginListing.ToLines(plugins));
        return plugins.All(plugin => plugin.Fault is null) ? ExitCodes.Succeeded : ExitCodes.Failed;
    }

    private static async Task<int> ValidateAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"There is no folder '{folder}'.");
            return ExitCodes.Invalid;
        }

        using var copies = new TemporaryFolder();
        await using var services = Build([], copies);
        var (status, types) = await services.GetRequiredService<PluginLoader>().TryAsync(folder, cancellationToken);
        Print(PluginListing.ToLines(status, types));
        return status.Fault is null ? ExitCodes.Succeeded : ExitCodes.Invalid;
    }

    private static async Task<int> AskAsync(ParseResult parsed, string server, bool isReload, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(ServerSession.PasswordVariable) is not { Length: > 0 } password)
        {
            await Console.Error.WriteLineAsync($"Give the password in {ServerSession.PasswordVariable}.");
            return ExitCodes.Invalid;
        }

        using var session = await ServerSession.OpenAsync(new Uri(server), parsed.GetRequiredValue(User), password, cancellationToken);
        var silos = isReload
            ? await session.PostAsync<IReadOnlyList<SiloPlugins>>("/api/v1/plugins/reload", cancellationToken)
            : await session.GetAsync<IReadOnlyList<SiloPlugins>>("/api/v1/plugins", cancellationToken);
        foreach (var silo in silos) Print([$"{silo.Silo}{(silo.Fault is null ? "" : $": {silo.Fault}")}", .. PluginListing.ToLines(silo.Plugins)]);
        return silos.All(silo => silo.Fault is null && silo.Plugins.All(plugin => plugin.Fault is null)) ? ExitCodes.Succeeded : ExitCodes.Failed;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Flags(ParseResult parsed)
    {
        if (parsed.GetValue(Root) is { } root) yield return new($"{PluginOptions.Section}:{nameof(PluginOptions.Folder)}", root);
    }

    private static ServiceProvider Build(IReadOnlyList<KeyValuePair<string, string?>> flags, TemporaryFolder copies)
    {
        var configuration = CliConfiguration.Read(flags);
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddNodeTypes()
            .UsePluginsOf(CliConfiguration.ReadScheduler(configuration).DataFolder, copies.Path)
            .BuildServiceProvider();
    }

    private static void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines) Console.WriteLine(line);
    }
}
