using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.DataSources;
using Scheduler.Silo.Secrets;
using Scheduler.Silo.Storage.DataSources;
using Scheduler.Silo.Storage.Secrets;

namespace Scheduler.Silo.Nodes.Credentials;

/// <summary>Finds the secrets and data sources that the properties of an attempt name, and checks that its project may use them.</summary>
internal sealed class CredentialLookup(SecretStore secrets, DataSourceStore sources, SecretProtection protection)
{
    /// <param name="type">Says which settings name data sources.</param>
    /// <param name="project">Whose attempt it is.</param>
    /// <param name="properties">All references to properties replaced.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<CredentialResult> FindAsync(
        NodeType type, Project project, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        var secretNames = properties.Values.SelectMany(SecretReferences.NamesIn).Distinct(StringComparer.Ordinal).ToList();
        var sourceNames = DataSourceSettings.NamesIn(type.DataSources, properties).ToList();
        if (secretNames.Count == 0 && sourceNames.Count == 0) return new CredentialResult.Found(AttemptCredentials.None);

        var faults = new List<CredentialResult.Refused>();
        try
        {
            var found = new AttemptCredentials(
                await OpenSecretsAsync(secretNames, project, faults, cancellationToken),
                await OpenSourcesAsync(sourceNames, project, faults, cancellationToken));
            return faults.Count == 0
                ? new CredentialResult.Found(found)
                : new CredentialResult.Refused(faults[0].Code, string.Join('\n', faults.Select(fault => fault.Message)));
        }
        catch (UnreadableSecretException exception)
        {
            return new CredentialResult.Refused("secret.unreadable", exception.Message);
        }
    }

    private async Task<Dictionary<string, string>> OpenSecretsAsync(
        List<string> names, Project project, List<CredentialResult.Refused> faults, CancellationToken cancellationToken)
    {
        if (names.Count == 0) return [];

        var found = await secrets.FindAsync(names, project.Id, cancellationToken);
        var granted = found.Where(secret => secret.IsGranted).ToDictionary(secret => secret.Name);
        var refusals = new Refusals("secret", "secret", project, secrets.Table);
        foreach (var name in names.Where(name => !granted.ContainsKey(name)))
            faults.Add(await refusals.OfAsync(name, found.Any(secret => secret.Name == name), cancellationToken));

        return granted.Values.ToDictionary(
            secret => secret.Name, secret => protection.Unprotect(SecretAdministration.Kind, secret.Name, secret.ProtectedValue));
    }

    private async Task<Dictionary<string, DataSource>> OpenSourcesAsync(
        List<string> names, Project project, List<CredentialResult.Refused> faults, CancellationToken cancellationToken)
    {
        if (names.Count == 0) return [];

        var found = await sources.FindAsync(names, project.Id, cancellationToken);
        var granted = found.Where(source => source.IsGranted).ToDictionary(source => source.Name);
        var refusals = new Refusals("datasource", "data source", project, sources.Table);
        foreach (var name in names.Where(name => !granted.ContainsKey(name)))
            faults.Add(await refusals.OfAsync(name, found.Any(source => source.Name == name), cancellationToken));

        return granted.Values.ToDictionary(source => source.Name, source => DataSourceAdministration.Open(source, protection));
    }

    /// <summary>Why something may not be used, and what helps.</summary>
    private sealed class Refusals(string code, string what, Project project, GrantedTable table)
    {
        public async Task<CredentialResult.Refused> OfAsync(string name, bool exists, CancellationToken cancellationToken)
        {
            if (exists)
                return new(
                    $"{code}.not-granted",
                    $"The project {project.Name} may not use the {what} '{name}'. "
                    + $"An administrator can allow it: scheduler {code} grant {name} {project.Name}");

            var usable = await table.ListGrantedAsync(project.Id, cancellationToken);
            var near = NameDistance.Nearest(name, usable) is { } meant ? $" Did you mean '{meant}'?" : "";
            return new($"{code}.unknown", $"There is no {what} '{name}'.{near}");
        }
    }
}

/// <summary>What came of looking for the credentials of an attempt.</summary>
internal abstract record CredentialResult
{
    private CredentialResult() { }

    internal sealed record Found(AttemptCredentials Credentials) : CredentialResult;

    /// <summary>The attempt fails, before its plugin is called.</summary>
    internal sealed record Refused(string Code, string Message) : CredentialResult;
}
