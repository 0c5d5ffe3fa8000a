using Dapper;
using Scheduler.Contracts.Secrets;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Storage.Secrets;

/// <summary>A secret as it is stored, for one project.</summary>
internal sealed record StoredSecret(string Name, byte[] ProtectedValue, bool IsGranted);

/// <summary>Secrets as rows, their values protected already.</summary>
internal sealed class SecretStore(IDatabase database)
{
    private const string Columns = "t.name AS Name, t.modified_by AS ModifiedBy, t.modified_at AS ModifiedAt";

    public GrantedTable Table { get; } = new(database, "secret");

    public Task SetAsync(string name, byte[] protectedValue, UserEvent entry, CancellationToken cancellationToken) => Table.ChangeAsync(
        """
        INSERT INTO secret (name, protected_value, modified_by, modified_at) VALUES (@Name, @ProtectedValue, @Actor, @At)
        ON CONFLICT (name) DO UPDATE
        SET protected_value = excluded.protected_value, modified_by = excluded.modified_by, modified_at = excluded.modified_at
        """,
        new { Name = name, ProtectedValue = protectedValue, entry.Actor, At = entry.At.ToStored() }, entry, cancellationToken);

    /// <summary>In the order of names.</summary>
    public async Task<IReadOnlyList<SecretEntry>> ListAsync(string after, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<EntryRow>(Table.Entries(Columns, Table.Page), new { After = after, Limit = limit }),
            cancellationToken);
        return [.. rows.GroupBy(row => row.Name).Select(those => new SecretEntry(
            those.Key, [.. those.Select(row => row.Project).OfType<string>()], those.First().ModifiedBy,
            StoredInstant.FromStored(those.First().ModifiedAt)))];
    }

    /// <summary>Those of the names that exist, whether the project may use them or not.</summary>
    public async Task<IReadOnlyList<StoredSecret>> FindAsync(
        IReadOnlyCollection<string> names, int projectId, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(
                Table.ForProject("t.name AS Name, t.protected_value AS ProtectedValue"), new { Names = names.ToArray(), ProjectId = projectId }),
            cancellationToken);
        return [.. rows.Select(row => new StoredSecret(row.Name, row.ProtectedValue, row.IsGranted == 1))];
    }

    private sealed class EntryRow
    {
        public string Name { get; init; } = "";
        public string ModifiedBy { get; init; } = "";
        public long ModifiedAt { get; init; }
        public string? Project { get; init; }
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";
        public byte[] ProtectedValue { get; init; } = [];
        public int IsGranted { get; init; }
    }
}
