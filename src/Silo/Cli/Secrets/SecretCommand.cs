using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Contracts.Secrets;
using Scheduler.Silo.Cli.Rendering;
using Scheduler.Silo.Secrets;

namespace Scheduler.Silo.Cli.Secrets;

/// <summary><c>scheduler secret</c>: values that jobs may use and nobody may read. Each verb works while servers run.</summary>
internal static class SecretCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "Name of the secret: small letters, digits, dots and hyphens" };
    private static readonly Argument<string> Project = new("project") { Description = "Name of a project" };
    private static readonly ValueEntry Value = new("value");

    public static Command Create()
    {
        var command = new Verb("secret", "Keeps values that jobs may use and nobody may read")
        {
            CreateVerb(
                "set", "Adds a secret or replaces its value", SetAsync, [Name, Value.FromInput, Value.FromVariable],
                new("scheduler secret set mail-password", "asks for the value"),
                new("scheduler secret set deploy-key --value-stdin < key.pem", "for scripts, and for values of several lines")),
            CreateVerb("list", "Lists all secrets, without their values", ListAsync, [], new Example("scheduler secret list", "a table")),
            CreateVerb(
                "grant", "Lets the nodes of a project use a secret", GrantAsync, [Name, Project],
                new Example("scheduler secret grant mail-password sales", "its nodes may say ${secret:mail-password}")),
            CreateVerb(
                "revoke", "Takes a grant back", RevokeAsync, [Name, Project],
                new Example("scheduler secret revoke mail-password sales", "nodes that use it fail from now on")),
            CreateVerb(
                "delete", "Forgets a secret", DeleteAsync, [Name],
                new Example("scheduler secret delete mail-password", "nodes that use it fail from now on")),
        };
        command.Examples.Add(new("scheduler secret set mail-password", "asks for the value"));
        command.Examples.Add(new("scheduler secret grant mail-password sales", "lets a project use it"));
        return command;
    }

    private static Verb CreateVerb(
        string name, string description, Func<ParseResult, ISecrets, CancellationToken, Task<int>> run, Symbol[] symbols,
        params Example[] examples) =>
        Verb.OnDatabase(
            name, description, services => services.AddSecrets(),
            (parsed, services, token) => run(parsed, services.GetRequiredService<ISecrets>(), token), symbols, examples);

    private static async Task<int> SetAsync(ParseResult parsed, ISecrets secrets, CancellationToken cancellationToken)
    {
        if (Value.Read(parsed) is not { } value) return ExitCodes.Invalid;

        var name = parsed.GetRequiredValue(Name);
        return ChangeOutcome.Report(await secrets.SetAsync(name, value, DatabaseSession.Actor, cancellationToken), $"Set secret '{name}'.");
    }

    private static async Task<int> ListAsync(ParseResult parsed, ISecrets secrets, CancellationToken cancellationToken)
    {
        List<SecretEntry> all = [];
        for (string? after = null; ;)
        {
            var page = await secrets.ListAsync(after, int.MaxValue, cancellationToken);
            all.AddRange(page.Items);
            if ((after = page.Next) is null) break;
        }

        foreach (var line in Columns.Of(["SECRET", "PROJECTS"], all.Select(entry => new[] { entry.Name, string.Join(", ", entry.Projects) })))
            Console.WriteLine(line);
        return ExitCodes.Succeeded;
    }

    private static async Task<int> GrantAsync(ParseResult parsed, ISecrets secrets, CancellationToken cancellationToken)
    {
        var (name, project) = (parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Project));
        return ChangeOutcome.Report(
            await secrets.GrantAsync(name, project, DatabaseSession.Actor, cancellationToken), $"Project '{project}' may use secret '{name}'.");
    }

    private static async Task<int> RevokeAsync(ParseResult parsed, ISecrets secrets, CancellationToken cancellationToken)
    {
        var (name, project) = (parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Project));
        return ChangeOutcome.Report(
            await secrets.RevokeAsync(name, project, DatabaseSession.Actor, cancellationToken),
            $"Project '{project}' may not use secret '{name}' any more.");
    }

    private static async Task<int> DeleteAsync(ParseResult parsed, ISecrets secrets, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(Name);
        return ChangeOutcome.Report(await secrets.DeleteAsync(name, DatabaseSession.Actor, cancellationToken), $"Deleted secret '{name}'.");
    }
}
