using System.Text.Json;
using Dapper;
using Scheduler.Contracts.DataSources;
using Scheduler.Silo.Storage.Secrets;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Storage.DataSources;

/// <summary>A data source as it is stored, for one project. Without a password it has no protected one.</summary>
internal sealed record StoredDataSource(
    string Name, string Kind, IReadOnlyDictionary<string, string> Options, byte[]? ProtectedPassword, bool IsGranted);

/// <summary>Data sources as rows, their passwords protected already.</summary>
internal sealed class DataSourceStore(IDatabase database)
{
    /// <summary>Of no project: every data source can be read without a grant, to be tested.</summary>
    public const int NoProject = 0;

    private const string EntryColumns = """
        t.name AS Name, t.kind AS Kind, t.options AS Options, CASE WHEN t.protected_password IS NULL THEN 0 ELSE 1 END AS HasPassword,
        t.modified_by AS ModifiedBy, t.modified_at AS ModifiedAt
        """;

    public GrantedTable Table { get; } = new(database, "data_source");

    /// <summary>False when the name is in use.</summary>
    public Task<bool> AddAsync(
        string name, string kind, IReadOnlyDictionary<string, string> options, byte[]? protectedPassword, UserEvent entry,
        CancellationToken cancellationToken) => Table.ChangeAsync(
        """
        INSERT INTO data_source (name, kind, options, protected_password, modified_by, modified_at)
        VALUES (@Name, @Kind, @Options, @ProtectedPassword, @Actor, @At)
        ON CONFLICT DO NOTHING
        """,
        new
        {
            Name = name,
            Kind = kind,
            Options = JsonSerializer.Serialize(options),
            ProtectedPassword = protectedPassword,
            entry.Actor,
            At = entry.At.ToStored(),
        },
        entry, cancellationToken);

    /// <summary>False when there is none of that name.</summary>
    public Task<bool> ChangeAsync(
        string name, IReadOnlyDictionary<string, string> options, UserEvent entry, CancellationToken cancellationToken) => Table.ChangeAsync(
        "UPDATE data_source SET options = @Options, modified_by = @Actor, modified_at = @At WHERE name = @Name",
        new { Name = name, Options = JsonSerializer.Serialize(options), entry.Actor, At = entry.At.ToStored() }, entry, cancellationToken);

    /// <summary>False when there is none of that name.</summary>
    public Task<bool> SetPasswordAsync(string name, byte[]? protectedPassword, UserEvent entry, CancellationToken cancellationToken) =>
        Table.ChangeAsync(
            "UPDATE data_source SET protected_password = @ProtectedPassword, modified_by = @Actor, modified_at = @At WHERE name = @Name",
            new { Name = name, ProtectedPassword = protectedPassword, entry.Actor, At = entry.At.ToStored() }, entry, cancellationToken);

    /// <summary>In the order of names.</summary>
    public Task<IReadOnlyList<DataSourceEntry>> ListAsync(string after, int limit, CancellationToken cancellationToken) =>
        ReadEntriesAsync(Table.Page, new { After = after, Limit = limit }, cancellationToken);

    public async Task<DataSourceEntry?> FindEntryAsync(string name, CancellationToken cancellationToken) =>
        (await ReadEntriesAsync(Table.One, new { Name = name }, cancellationToken)).SingleOrDefault();

    /// <summary>Those of the names that exist, whether the project may use them or not.</summary>
    public async Task<IReadOnlyList<StoredDataSource>> FindAsync(
        IReadOnlyCollection<string> names, int projectId, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<Row>(
                Table.ForProject("t.name AS Name, t.kind AS Kind, t.options AS Options, t.protected_password AS ProtectedPassword"),
                new { Names = names.ToArray(), ProjectId = projectId }),
            cancellationToken);
        return
        [
            .. rows.Select(row => new StoredDataSource(
                row.Name, row.Kind, ReadOptions(row.Options), row.ProtectedPassword, row.IsGranted == 1)),
        ];
    }

    private async Task<IReadOnlyList<DataSourceEntry>> ReadEntriesAsync(string which, object parameters, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            connection => connection.QueryAsync<EntryRow>(Table.Entries(EntryColumns, which), parameters), cancellationToken);
        return [.. rows.GroupBy(row => row.Name).Select(those => ToEntry(those.First(), [.. those.Select(row => row.Project).OfType<string>()]))];
    }

    private static DataSourceEntry ToEntry(EntryRow row, IReadOnlyList<string> projects) => new(
        row.Name, row.Kind, ReadOptions(row.Options), row.HasPassword == 1, projects, row.ModifiedBy, StoredInstant.FromStored(row.ModifiedAt));

    private static SortedDictionary<string, string> ReadOptions(string json) =>
        new(JsonSerializer.Deserialize<Dictionary<string, string>>(json)!, StringComparer.Ordinal);

    private sealed class EntryRow
    {
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Options { get; init; } = "";
        public int HasPassword { get; init; }
        public string ModifiedBy { get; init; } = "";
        public long ModifiedAt { get; init; }
        public string? Project { get; init; }
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Options { get; init; } = "";
        public byte[]? ProtectedPassword { get; init; }
        public int IsGranted { get; init; }
    }
}
