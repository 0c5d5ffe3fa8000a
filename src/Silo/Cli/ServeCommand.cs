using System.CommandLine;
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

    public static Command Create()
    {
        var command = new Command("serve", "Runs the server")
        {
            Urls, RolesOption, CommonOptions.Data, CommonOptions.Database,
        };
        command.SetAction((parsed, cancellationToken) => ServeAsync(Flags(parsed), cancellationToken));
        return command;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Flags(ParseResult parsed)
    {
        foreach (var flag in parsed.ReadCommon()) yield return flag;
        if (parsed.GetValue(Urls) is { } urls) yield return new($"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Urls)}", urls);
        if (parsed.GetValue(RolesOption) is { } roles)
            yield return new($"{SchedulerOptions.Section}:{nameof(SchedulerOptions.Roles)}", roles.ToString());
    }

    private static async Task<int> ServeAsync(IEnumerable<KeyValuePair<string, string?>> flags, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = SchedulerHost.Build(flags);
            await SchedulerHost.PrepareAsync(app.Services, cancellationToken);
            await app.StartAsync(cancellationToken);
            SchedulerHost.Announce(app, Console.Out);
            await app.WaitForShutdownAsync(cancellationToken);
            return ExitCodes.Succeeded;
        }
        catch (Microsoft.Extensions.Options.OptionsValidationException exception)
        {
            foreach (var failure in exception.Failures) await Console.Error.WriteLineAsync(failure);
            return ExitCodes.Invalid;
        }
    }
}
