using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Scheduler.Silo.Hosting;

namespace Scheduler.Silo.Cli;

/// <summary><c>scheduler serve</c>: a server, alone or as a member of a cluster.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Urls = new("--urls") { Description = "Addresses to answer HTTP on (default: http://127.0.0.1:8081)" };

    private static readonly Option<Roles?> RolesOption = new("--roles")
    {
        Description = "What this process does: all, silo (runs executions and nodes) or api (answers HTTP) (default: all)",
    };

    static ServeCommand() => Urls.Validators.Add(result =>
    {
        foreach (var url in result.Tokens.SelectMany(token => token.Value.Split(';')))
            if (!IsAddress(url)) result.AddError($"'{url}' is no address to answer HTTP on; write it like http://127.0.0.1:8081.");
    });

    public static Command Create()
    {
        var command = new Verb("serve", "Runs the server")
        {
            Urls, RolesOption, CommonOptions.Data, CommonOptions.Database,
        };
        command.Examples.Add(new("scheduler serve", "alone, everything in ./data, on http://127.0.0.1:8081"));
        command.Examples.Add(new("scheduler serve --urls http://0.0.0.0:8081 --database \"Host=db;Database=scheduler;Username=scheduler\"", "a member of a cluster"));
        command.SetAction((parsed, cancellationToken) => ServeAsync([.. Flags(parsed)], cancellationToken));
        return command;
    }

    /// <summary><c>*</c> and <c>+</c> stand for all addresses of the machine.</summary>
    private static bool IsAddress(string url) =>
        Uri.TryCreate(url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static IEnumerable<KeyValuePair<string, string?>> Flags(ParseResult parsed)
    {
        foreach (var flag in parsed.ReadCommon()) yield return flag;
        if (parsed.GetValue(Urls) is { } urls) yield return new($"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Urls)}", urls);
        if (parsed.GetValue(RolesOption) is { } roles)
            yield return new($"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Roles)}", roles.ToString());
    }

    private static async Task<int> ServeAsync(IReadOnlyList<KeyValuePair<string, string?>> flags, CancellationToken cancellationToken)
    {
        var configuration = CliConfiguration.Read(flags);
        if (CliConfiguration.ReadScheduler(configuration).FindFault() is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return ExitCodes.Invalid;
        }

        var database = CliConfiguration.ReadDatabase(configuration);
        using var owned = database.IsEmbedded ? DataFolderLock.Take(database.DataDirectory) : null;
        if (database.IsEmbedded && owned is null)
        {
            await Console.Error.WriteLineAsync($"The folder '{database.DataDirectory}' is in use by another scheduler process.");
            return ExitCodes.Invalid;
        }

        await using var app = SchedulerHost.Build(flags, services => services.AddSingleton<IHostLifetime, DrainingLifetime>());
        await SchedulerHost.PrepareAsync(app.Services, cancellationToken);
        await app.StartAsync(cancellationToken);
        SchedulerHost.Announce(app, Console.Out);
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Succeeded;
    }
}
