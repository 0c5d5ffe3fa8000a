using Microsoft.Extensions.Options;
using Scheduler.Contracts.Secrets;
using Scheduler.Silo.Storage.Secrets;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Secrets;

/// <summary>What administrators do with secrets. Each change is stored with an audit row in one transaction.</summary>
internal sealed class SecretAdministration(SecretStore store, SecretProtection protection, IOptions<SecretOptions> options, TimeProvider clock)
    : ISecrets
{
    /// <summary>Front of the codes, and part of each ciphertext.</summary>
    public const string Kind = "secret";

    private readonly Grants grants = new(store.Table, Kind, "secret", clock);

    public async Task<NamePage<SecretEntry>> ListAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var size = Math.Clamp(limit, 1, options.Value.LongestPage);
        return Paging.Cut(await store.ListAsync(after ?? "", size + 1, cancellationToken), size, entry => entry.Name);
    }

    public async Task<ChangeResult> SetAsync(string name, string value, string actor, CancellationToken cancellationToken)
    {
        List<Fault> faults =
        [
            .. new[] { SecretRules.CheckName(Kind, name, options.Value), SecretRules.CheckValue(Kind, value, options.Value) }.OfType<Fault>(),
        ];
        if (faults.Count > 0) return new ChangeResult.Invalid(faults);

        var entry = new UserEvent(actor, clock.GetUtcNow(), $"secret {name} set");
        await store.SetAsync(name, protection.Protect(Kind, name, value), entry, cancellationToken);
        return new ChangeResult.Done();
    }

    public Task<ChangeResult> DeleteAsync(string name, string actor, CancellationToken cancellationToken) =>
        grants.DeleteAsync(name, actor, cancellationToken);

    public Task<ChangeResult> GrantAsync(string name, string project, string actor, CancellationToken cancellationToken) =>
        grants.GrantAsync(name, project, actor, cancellationToken);

    public Task<ChangeResult> RevokeAsync(string name, string project, string actor, CancellationToken cancellationToken) =>
        grants.RevokeAsync(name, project, actor, cancellationToken);
}
