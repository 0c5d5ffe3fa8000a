using Microsoft.Extensions.Options;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Plugins;
using Scheduler.Contracts.Secrets;
using Scheduler.Silo.Nodes.Logging.Masking;
using Scheduler.Silo.Secrets;
using Scheduler.Silo.Storage.DataSources;

namespace Scheduler.Silo.DataSources;

/// <summary>What administrators do with data sources. Each change is stored with an audit row in one transaction.</summary>
internal sealed class DataSourceAdministration(
    DataSourceStore store, SecretProtection protection, IDataSourceProbe probe, IOptions<SecretOptions> options, TimeProvider clock) : IDataSources
{
    /// <summary>Front of the codes, and part of each ciphertext.</summary>
    public const string Kind = "datasource";

    private readonly Grants grants = new(store.Table, Kind, "data source", clock);

    public async Task<NamePage<DataSourceEntry>> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(limit, 1, options.Value.LongestPage);
        return Paging.Cut(await store.ListAsync(after ?? "", size + 1, cancellationToken), size, entry => entry.Name);
    }

    public Task<DataSourceEntry?> FindAsync(string name, CancellationToken cancellationToken) => store.FindEntryAsync(name, cancellationToken);

    public async Task<ChangeResult> CreateAsync(
        string name, string kind, IReadOnlyDictionary<string, string> given, string? password, string actor, CancellationToken cancellationToken)
    {
        List<Fault> faults =
        [
            .. new[] { SecretRules.CheckName(Kind, name, options.Value), CheckPassword(password) }.OfType<Fault>(),
            .. DataSourceRules.Check(kind, given, options.Value),
        ];
        if (faults.Count > 0) return new ChangeResult.Invalid(faults);

        var entry = grants.Entry(actor, $"data source {name} of the kind {kind} added");
        return await store.AddAsync(name, kind, given, Protect(name, password), entry, cancellationToken)
            ? new ChangeResult.Done()
            : new ChangeResult.Taken(new($"{Kind}.exists", $"There is a data source '{name}' already.", "name"));
    }

    public async Task<ChangeResult> ChangeAsync(
        string name, IReadOnlyDictionary<string, string> given, string actor, CancellationToken cancellationToken)
    {
        if (await store.FindEntryAsync(name, cancellationToken) is not { } known) return new ChangeResult.Unknown(grants.Unknown(name));
        if (DataSourceRules.Check(known.Kind, given, options.Value) is { Count: > 0 } faults) return new ChangeResult.Invalid(faults);

        return Found(await store.ChangeAsync(name, given, grants.Entry(actor, $"options of data source {name} changed"), cancellationToken), name);
    }

    public async Task<ChangeResult> SetPasswordAsync(string name, string? password, string actor, CancellationToken cancellationToken)
    {
        if (CheckPassword(password) is { } fault) return new ChangeResult.Invalid([fault]);

        var entry = grants.Entry(actor, $"password of data source {name} {(password is null ? "removed" : "set")}");
        return Found(await store.SetPasswordAsync(name, Protect(name, password), entry, cancellationToken), name);
    }

    public Task<ChangeResult> DeleteAsync(string name, string actor, CancellationToken cancellationToken) =>
        grants.DeleteAsync(name, actor, cancellationToken);

    public Task<ChangeResult> GrantAsync(string name, string project, string actor, CancellationToken cancellationToken) =>
        grants.GrantAsync(name, project, actor, cancellationToken);

    public Task<ChangeResult> RevokeAsync(string name, string project, string actor, CancellationToken cancellationToken) =>
        grants.RevokeAsync(name, project, actor, cancellationToken);

    public async Task<DataSourceTest> TestAsync(string name, CancellationToken cancellationToken)
    {
        if (await store.FindAsync([name], DataSourceStore.NoProject, cancellationToken) is not [var stored])
            return new DataSourceTest.Unknown(grants.Unknown(name));

        try
        {
            return await TestAsync(Open(stored, protection), cancellationToken);
        }
        catch (UnreadableSecretException exception)
        {
            return new DataSourceTest.Failed(exception.Message);
        }
    }

    /// <summary>A data source as nodes get it.</summary>
    /// <exception cref="UnreadableSecretException">Its password cannot be decrypted.</exception>
    public static DataSource Open(StoredDataSource stored, SecretProtection protection) => new(
        stored.Name, stored.Kind, stored.Options,
        stored.ProtectedPassword is { } password ? protection.Unprotect(Kind, stored.Name, password) : null);

    private async Task<DataSourceTest> TestAsync(DataSource source, CancellationToken cancellationToken)
    {
        var mask = SecretMask.Of(source.Password is { } password ? [password] : []);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.TestTimeout);
        try
        {
            // Some drivers do not listen to the token while they look for a server.
            var problem = await Task.Run(() => probe.TestAsync(source, patience.Token), patience.Token).WaitAsync(patience.Token);
            return problem is null ? new DataSourceTest.Opened() : new DataSourceTest.Failed(mask.Mask(problem));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DataSourceTest.Failed($"No connection within {options.Value.TestTimeout.TotalSeconds:0.#} seconds.");
        }
    }

    private Fault? CheckPassword(string? password) => password is null ? null : SecretRules.CheckValue(Kind, password, options.Value);

    private byte[]? Protect(string name, string? password) => password is null ? null : protection.Protect(Kind, name, password);

    private ChangeResult Found(bool isFound, string name) =>
        isFound ? new ChangeResult.Done() : new ChangeResult.Unknown(grants.Unknown(name));
}
