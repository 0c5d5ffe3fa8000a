using Dapper;
using Scheduler.Contracts.Users;

namespace Scheduler.Silo.Storage.Users;

/// <summary>A user that may log in, with everything they are, and the hash of their password.</summary>
internal sealed record StoredUser(User User, string PasswordHash);

/// <summary>Users as they stand, each in one statement.</summary>
internal sealed class UserStore(IDatabase database)
{
    /// <summary>Null when there is no such user, or it is disabled.</summary>
    public async Task<StoredUser?> FindAsync(string name, CancellationToken cancellationToken)
    {
        const string statement = """
            SELECT 0 AS Kind, password_hash AS Value, 0 AS Permissions FROM user_account WHERE name = @Name AND NOT is_disabled
            UNION ALL
            SELECT 1, group_name, 0 FROM group_member WHERE user_name = @Name
            UNION ALL
            SELECT 2, r.name, r.permissions FROM user_role x JOIN role r ON r.name = x.role_name WHERE x.user_name = @Name
            UNION ALL
            SELECT 2, r.name, r.permissions
            FROM group_member m JOIN group_role x ON x.group_name = m.group_name JOIN role r ON r.name = x.role_name
            WHERE m.user_name = @Name
            UNION ALL
            SELECT 3, proxy_name, 0 FROM user_proxy WHERE user_name = @Name
            """;
        var rows = await database.ReadAsync(connection => connection.QueryAsync<Row>(statement, new { Name = name }), cancellationToken);
        var byKind = rows.ToLookup(row => row.Kind);
        if (byKind[Kind.Account].SingleOrDefault() is not { } account) return null;

        var everywhere = byKind[Kind.Role].Aggregate(Permissions.None, (sum, row) => sum | (Permissions)row.Permissions);
        return new(new User(name, Values(byKind[Kind.Group]), everywhere, Values(byKind[Kind.Proxy])), account.Value);
    }

    /// <summary>True when a group has that name, with members or without.</summary>
    public async Task<bool> GroupExistsAsync(string name, CancellationToken cancellationToken) =>
        await database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM user_group WHERE name = @Name", new { Name = name }), cancellationToken) > 0;

    /// <summary>Stores the same password hashed anew; does nothing when it has been changed meanwhile.</summary>
    public Task RenewHashAsync(StoredUser user, string hash, CancellationToken cancellationToken) =>
        database.WriteAsync((connection, transaction) => connection.ExecuteAsync(
            "UPDATE user_account SET password_hash = @Hash WHERE name = @Name AND password_hash = @PasswordHash",
            new { Hash = hash, user.User.Name, user.PasswordHash }, transaction), cancellationToken);

    private static List<string> Values(IEnumerable<Row> rows) => [.. rows.Select(row => row.Value).Order(StringComparer.Ordinal)];

    private enum Kind
    {
        Account = 0,
        Group = 1,
        Role = 2,
        Proxy = 3,
    }

    private sealed class Row
    {
        public Kind Kind { get; init; }
        public string Value { get; init; } = "";
        public int Permissions { get; init; }
    }
}
