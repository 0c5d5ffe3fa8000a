using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Silo.Nodes.Quotas;
using Scheduler.Silo.Storage.Projects;

namespace Scheduler.Silo.Cli.Quotas;

/// <summary><c>scheduler quota</c>: how many attempts may run at one time in the cluster. Each verb works while servers run.</summary>
internal static class QuotaCommand
{
    private static readonly Argument<string> Quota = new("quota") { Description = "pool/<name>, project/<name> or workflow/<project>/<name>" };

    private static readonly Argument<int> Limit = new("limit") { Description = "Attempts that may run at one time; 0 holds everything back" };

    static QuotaCommand() => Limit.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var limit) && limit < 0)
            result.AddError("A limit is 0 or more.");
    });

    public static Command Create()
    {
        var command = new Verb("quota", "Limits how many jobs of a pool, project or workflow run at one time in the cluster")
        {
            CreateVerb(
                "set", "Sets a limit; a pool comes into being with it", SetAsync, [Quota, Limit],
                new("scheduler quota set pool/warehouse 2", "at most two jobs that name the pool"),
                new("scheduler quota set workflow/sales/report 5", "at most five jobs of this workflow")),
            CreateVerb("list", "Lists all limits and how far they are used", ListAsync, [], new Example("scheduler quota list", "a table")),
            CreateVerb(
                "remove", "Lifts a limit; what waits for it may run", RemoveAsync, [Quota],
                new Example("scheduler quota remove pool/warehouse", "packages that name it are refused from now on")),
        };
        command.Examples.Add(new("scheduler quota set project/sales 10", "at most ten jobs of the project"));
        command.Examples.Add(new("scheduler quota list", "all limits"));
        return command;
    }

    private static Verb CreateVerb(
        string name, string description, Func<ParseResult, QuotaAdministration, CancellationToken, Task<int>> run, Argument[] arguments,
        params Example[] examples) => Verb.OnDatabase(
        name, description, services => services.AddQuotas().AddSingleton<ProjectReader>().AddSingleton<QuotaAdministration>(),
        (parsed, services, token) => run(parsed, services.GetRequiredService<QuotaAdministration>(), token), [.. arguments], examples);

    private static async Task<int> SetAsync(ParseResult parsed, QuotaAdministration quotas, CancellationToken cancellationToken)
    {
        var (quota, limit) = (parsed.GetRequiredValue(Quota), parsed.GetRequiredValue(Limit));
        return Report(await quotas.SetAsync(quota, limit, DatabaseSession.Actor, cancellationToken), $"{quota} is limited to {limit}.", quota);
    }

    private static async Task<int> RemoveAsync(ParseResult parsed, QuotaAdministration quotas, CancellationToken cancellationToken)
    {
        var quota = parsed.GetRequiredValue(Quota);
        return Report(await quotas.RemoveAsync(quota, DatabaseSession.Actor, cancellationToken), $"{quota} is not limited any more.", quota);
    }

    private static async Task<int> ListAsync(ParseResult parsed, QuotaAdministration quotas, CancellationToken cancellationToken)
    {
        foreach (var line in QuotaListing.ToTable(await quotas.ListAsync(cancellationToken))) Console.WriteLine(line);
        return ExitCodes.Succeeded;
    }

    private static int Report(QuotaChange change, string done, string quota)
    {
        if (change == QuotaChange.Done) Console.WriteLine(done);
        else Console.Error.WriteLine(ToText(change, quota));
        return change switch
        {
            QuotaChange.Done => ExitCodes.Succeeded,
            QuotaChange.InvalidName => ExitCodes.Invalid,
            _ => ExitCodes.Failed,
        };
    }

    private static string ToText(QuotaChange change, string quota) => change switch
    {
        QuotaChange.InvalidName => $"'{quota}' can have no quota; name it pool/<name>, project/<name> or workflow/<project>/<name>.",
        QuotaChange.UnknownProject => $"'{quota}': there is no such project.",
        _ => $"There is no quota '{quota}'.",
    };
}
