using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Cli.Rendering;
using Scheduler.Silo.Cli.Secrets;
using Scheduler.Silo.Secrets;

namespace Scheduler.Silo.Cli.DataSources;

/// <summary><c>scheduler datasource</c>: the databases that jobs may use. Each verb works while servers run.</summary>
internal static class DataSourceCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "Name of the data source: small letters, digits, dots and hyphens" };
    private static readonly Argument<string> Project = new("project") { Description = "Name of a project" };
    private static readonly Argument<string> Kind = new("kind") { Description = string.Join(", ", DataSourceKinds.All) };
    private static readonly ValueEntry Password = new("password");

    private static readonly Option<bool> NoPassword = new("--no-password") { Description = "It has no password" };

    private static readonly Argument<string[]> Options = new("option")
    {
        Description = "Such as host=db.example.org; nothing behind the = takes an option away",
        Arity = ArgumentArity.ZeroOrMore,
    };

    static DataSourceCommand() => Options.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=') < 1))
            result.AddError($"'{token.Value}' is no option; write it like host=db.example.org.");
    });

    public static Command Create()
    {
        var command = new Verb("datasource", "Keeps the databases that jobs may use")
        {
            CreateVerb(
                "create", "Adds a data source", CreateAsync, [Name, Kind, Options, Password.FromInput, Password.FromVariable, NoPassword],
                new("scheduler datasource create sales mysql host=db.example.org user=etl database=sales", "asks for the password"),
                new("scheduler datasource create lake hive dsn=lake --no-password", "as odbc.ini describes it")),
            CreateVerb("list", "Lists all data sources", ListAsync, [], new Example("scheduler datasource list", "a table")),
            CreateVerb(
                "show", "Shows a data source, without its password", ShowAsync, [Name],
                new Example("scheduler datasource show sales", "all options")),
            CreateVerb(
                "set", "Changes options of a data source", SetAsync, [Name, Options],
                new Example("scheduler datasource set sales port=3307 ssl.mode=require", "the others stay")),
            CreateVerb(
                "password", "Sets the password of a data source", SetPasswordAsync, [Name, Password.FromInput, Password.FromVariable, NoPassword],
                new("scheduler datasource password sales", "asks for it"),
                new("scheduler datasource password sales --no-password", "takes it away")),
            CreateVerb(
                "test", "Opens a connection and says what went wrong", TestAsync, [Name],
                new Example("scheduler datasource test sales", "from this machine")),
            CreateVerb(
                "grant", "Lets the nodes of a project use a data source", GrantAsync, [Name, Project],
                new Example("scheduler datasource grant sales reports", "its nodes may name it")),
            CreateVerb(
                "revoke", "Takes a grant back", RevokeAsync, [Name, Project],
                new Example("scheduler datasource revoke sales reports", "nodes that use it fail from now on")),
            CreateVerb(
                "delete", "Forgets a data source", DeleteAsync, [Name],
                new Example("scheduler datasource delete sales", "nodes that use it fail from now on")),
        };
        command.Examples.Add(new("scheduler datasource create sales mysql host=db.example.org user=etl", "asks for the password"));
        command.Examples.Add(new("scheduler datasource grant sales reports", "lets a project use it"));
        return command;
    }

    private static Verb CreateVerb(
        string name, string description, Func<ParseResult, IDataSources, CancellationToken, Task<int>> run, Symbol[] symbols,
        params Example[] examples) => Verb.OnDatabase(
        name, description, services => services.AddSecrets(),
        (parsed, services, token) => run(parsed, services.GetRequiredService<IDataSources>(), token), symbols, examples);

    private static async Task<int> CreateAsync(ParseResult parsed, IDataSources sources, CancellationToken cancellationToken)
    {
        var hasPassword = !parsed.GetValue(NoPassword);
        var password = hasPassword ? Password.Read(parsed) : null;
        if (hasPassword && password is null) return ExitCodes.Invalid;

        var name = parsed.GetRequiredValue(Name);
        var options = Change(new(StringComparer.Ordinal), parsed);
        var created = await sources.CreateAsync(
            name, parsed.GetRequiredValue(Kind), options, password, DatabaseSession.Actor, cancellationToken);
        return ChangeOutcome.Report(created, $"Added data source '{name}'.");
    }

    private static async Task<int> ListAsync(ParseResult parsed, IDataSources sources, CancellationToken cancellationToken)
    {
        List<DataSourceEntry> all = [];
        for (string? after = null; ;)
        {
            var page = await sources.ListAsync(after, int.MaxValue, cancellationToken);
            all.AddRange(page.Items);
            if ((after = page.Next) is null) break;
        }

        var rows = all.Select(entry => new[] { entry.Name, entry.Kind, AddressOf(entry), string.Join(", ", entry.Projects) });
        foreach (var line in Columns.Of(["DATA SOURCE", "KIND", "ADDRESS", "PROJECTS"], rows)) Console.WriteLine(line);
        return ExitCodes.Succeeded;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, IDataSources sources, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        if (await sources.FindAsync(name, cancellationToken) is not { } entry) return ReportUnknown(name);

        Console.WriteLine($"kind: {entry.Kind}");
        foreach (var (key, value) in entry.Options) Console.WriteLine($"{key}: {value}");
        Console.WriteLine($"password: {(entry.HasPassword ? "set" : "none")}");
        Console.WriteLine($"projects: {(entry.Projects.Count == 0 ? "none" : string.Join(", ", entry.Projects))}");
        return ExitCodes.Succeeded;
    }

    private static async Task<int> SetAsync(ParseResult parsed, IDataSources sources, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        if (await sources.FindAsync(name, cancellationToken) is not { } entry) return ReportUnknown(name);

        var options = Change(new(entry.Options, StringComparer.Ordinal), parsed);
        return ChangeOutcome.Report(
            await sources.ChangeAsync(name, options, DatabaseSession.Actor, cancellationToken), $"Changed data source '{name}'.");
    }

    private static async Task<int> SetPasswordAsync(ParseResult parsed, IDataSources sources, CancellationToken cancellationToken)
    {
        var hasPassword = !parsed.GetValue(NoPassword);
        var password = hasPassword ? Password.Read(parsed) : null;
        if (hasPassword && password is null) return ExitCodes.Invalid;

        var name = parsed.GetRequiredValue(Name);
        return ChangeOutcome.Report(
            await sources.SetPasswordAsync(name, password, DatabaseSession.Actor, cancellationToken),
            hasPassword ? $"Set the password of data source '{name}'." : $"Data source '{name}' has no password any more.");
    }

    private static async Task<int> TestAsync(ParseResult parsed, IDataSources sources, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        switch (await sources.TestAsync(name, cancellationToken))
        {
            case DataSourceTest.Opened:
                Console.WriteLine($"Data source '{name}' can be opened from this machine.");
                return ExitCodes.Succeeded;
            case DataSourceTest.Failed { Problem: var problem }:
                Console.Error.WriteLine(problem);
                return ExitCodes.Failed;
            default:
                return ReportUnknown(name);
        }
    }

    private static async Task<int> GrantAsync(ParseResult parsed, IDataSources sources, CancellationToken cancellationToken)
    {
        var (name, project) = (parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Project));
        return ChangeOutcome.Report(
            await sources.GrantAsync(name, project, DatabaseSession.Actor, cancellationToken), $"Project '{project}' may use data source '{name}'.");
    }

    private static async Task<int> RevokeAsync(ParseResult parsed, IDataSources sources, CancellationToken cancellationToken)
    {
        var (name, project) = (parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Project));
        return ChangeOutcome.Report(
            await sources.RevokeAsync(name, project, DatabaseSession.Actor, cancellationToken),
            $"Project '{project}' may not use data source '{name}' any more.");
    }

    private static async Task<int> DeleteAsync(ParseResult parsed, IDataSources sources, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        return ChangeOutcome.Report(await sources.DeleteAsync(name, DatabaseSession.Actor, cancellationToken), $"Deleted data source '{name}'.");
    }

    private static Dictionary<string, string> Change(Dictionary<string, string> options, ParseResult parsed)
    {
        foreach (var typed in parsed.GetValue(Options) ?? [])
        {
            var (key, value) = (typed[..typed.IndexOf('=')], typed[(typed.IndexOf('=') + 1)..]);
            if (value.Length == 0) options.Remove(key);
            else options[key] = value;
        }

        return options;
    }

    private static string AddressOf(DataSourceEntry entry) =>
        entry.Options.GetValueOrDefault(DataSourceKeys.Host)
        ?? entry.Options.GetValueOrDefault(DataSourceKeys.Dsn)
        ?? entry.Options.GetValueOrDefault(DataSourceKeys.Driver, "-");

    private static int ReportUnknown(string name)
    {
        Console.Error.WriteLine($"There is no data source '{name}'.");
        return ExitCodes.Failed;
    }
}
