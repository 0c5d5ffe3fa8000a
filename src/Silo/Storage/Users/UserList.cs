using Dapper;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Storage.Users;

/// <summary>Everything about all users, for administrators.</summary>
internal sealed class UserList(IDatabase database)
{
    /// <summary>Ordered by name, disabled ones included.</summary>
    public async Task<IReadOnlyList<UserAccount>> ReadAsync(CancellationToken cancellationToken)
    {
        const string statement = """
            SELECT 0 AS Kind, name AS Name, NULL AS Value, is_disabled AS IsDisabled, created_at AS CreatedAt FROM user_account
            UNION ALL
            SELECT 1, user_name, role_name, NULL, NULL FROM user_role
            UNION ALL
            SELECT 2, user_name, group_name, NULL, NULL FROM group_member
            UNION ALL
            SELECT 3, user_name, proxy_name, NULL, NULL FROM user_proxy
            """;
        var rows = await database.ReadAsync(connection => connection.QueryAsync<Row>(statement), cancellationToken);
        var byKind = rows.ToLookup(row => row.Kind);
        var ties = rows.ToLookup(row => (row.Kind, row.Name), row => row.Value ?? "");

        return [.. byKind[Kind.Account].OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => new UserAccount(
            row.Name, row.IsDisabled, StoredInstant.FromStored(row.CreatedAt),
            Sorted(ties[(Kind.Role, row.Name)]), Sorted(ties[(Kind.Group, row.Name)]), Sorted(ties[(Kind.Proxy, row.Name)])))];
    }

    private static List<string> Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private enum Kind
    {
        Account = 0,
        Role = 1,
        Group = 2,
        Proxy = 3,
    }

    private sealed class Row
    {
        public Kind Kind { get; init; }
        public string Name { get; init; } = "";
        public string? Value { get; init; }
        public bool IsDisabled { get; init; }
        public long CreatedAt { get; init; }
    }
}
