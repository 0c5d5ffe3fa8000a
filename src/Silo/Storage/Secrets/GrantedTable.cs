using System.Data.Common;
using Dapper;
using Scheduler.Silo.Projects;
using Scheduler.Silo.Storage.Users;
using Scheduler.Silo.Users;

namespace Scheduler.Silo.Storage.Secrets;

/// <summary>
/// What secrets and data sources have in common: a table of named rows, and one that says which projects may use them. Each change is
/// stored with its audit row in one transaction.
/// </summary>
/// <param name="database">Holds both.</param>
/// <param name="table">Name of the first; the other one has <c>_grant</c> behind it. Part of the program, never of a request.</param>
internal sealed class GrantedTable(IDatabase database, string table)
{
    /// <summary>At most <c>@Limit</c> rows behind the name <c>@After</c>.</summary>
    public string Page => $"SELECT * FROM {table} WHERE name > @After ORDER BY name LIMIT @Limit";

    public string One => $"SELECT * FROM {table} WHERE name = @Name";

    /// <summary>A row for each entry and each active project that may use it, in the order of both names.</summary>
    /// <param name="columns">Of the table as <c>t</c>.</param>
    /// <param name="which"><see cref="Page"/> or <see cref="One"/>.</param>
    public string Entries(string columns, string which) => $"""
        SELECT {columns}, p.name AS Project FROM ({which}) t
        LEFT JOIN {table}_grant g ON g.name = t.name
        LEFT JOIN project p ON p.project_id = g.project_id AND p.active_name IS NOT NULL
        ORDER BY t.name, p.active_name
        """;

    /// <summary>The rows of <c>@Names</c>, each with whether <c>@ProjectId</c> may use it.</summary>
    /// <param name="columns">Of the table as <c>t</c>.</param>
    public string ForProject(string columns) => $"""
        SELECT {columns}, CASE WHEN g.name IS NULL THEN 0 ELSE 1 END AS IsGranted FROM {table} t
        LEFT JOIN {table}_grant g ON g.name = t.name AND g.project_id = @ProjectId
        WHERE t.name {(database.Kind is DatabaseKind.PostgreSql ? "= ANY(@Names)" : "IN @Names")}
        """;

    /// <summary>What a project may use, in order.</summary>
    public async Task<IReadOnlyList<string>> ListGrantedAsync(int projectId, CancellationToken cancellationToken) =>
        [.. await database.ReadAsync(
            connection => connection.QueryAsync<string>(
                $"SELECT name FROM {table}_grant WHERE project_id = @ProjectId ORDER BY name", new { ProjectId = projectId }),
            cancellationToken)];

    /// <summary>Runs a statement that changes one row, or finds nothing to change and is not told of.</summary>
    /// <returns>False when it found nothing.</returns>
    public Task<bool> ChangeAsync(string statement, object parameters, UserEvent entry, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var isChanged = await connection.ExecuteAsync(statement, parameters, transaction) > 0;
                if (isChanged) await TellAsync(connection, transaction, entry);
                return isChanged;
            },
            cancellationToken);

    /// <summary>False when there is no such row.</summary>
    public Task<bool> DeleteAsync(string name, UserEvent entry, CancellationToken cancellationToken) => database.WriteAsync(
        async (connection, transaction) =>
        {
            await connection.ExecuteAsync($"DELETE FROM {table}_grant WHERE name = @Name", new { Name = name }, transaction);
            var isDeleted = await connection.ExecuteAsync($"DELETE FROM {table} WHERE name = @Name", new { Name = name }, transaction) > 0;
            if (isDeleted) await TellAsync(connection, transaction, entry);
            return isDeleted;
        },
        cancellationToken);

    public Task<GrantChange> GrantAsync(string name, string project, UserEvent entry, CancellationToken cancellationToken) => TieAsync(
        $"INSERT INTO {table}_grant (name, project_id) VALUES (@Name, @ProjectId) ON CONFLICT DO NOTHING", name, project, entry, cancellationToken);

    public Task<GrantChange> RevokeAsync(string name, string project, UserEvent entry, CancellationToken cancellationToken) => TieAsync(
        $"DELETE FROM {table}_grant WHERE name = @Name AND project_id = @ProjectId", name, project, entry, cancellationToken);

    private Task<GrantChange> TieAsync(string statement, string name, string project, UserEvent entry, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, transaction) =>
            {
                var rows = await connection.ExecuteScalarAsync<long>(
                    $"SELECT count(*) FROM {table} WHERE name = @Name", new { Name = name }, transaction);
                if (rows == 0) return GrantChange.UnknownName;

                var id = await connection.ExecuteScalarAsync<int?>(
                    "SELECT project_id FROM project WHERE active_name = @Key", new { Key = StoredForm.KeyOf(project) }, transaction);
                if (id is null) return GrantChange.UnknownProject;

                if (await connection.ExecuteAsync(statement, new { Name = name, ProjectId = id }, transaction) > 0)
                    await TellAsync(connection, transaction, entry);
                return GrantChange.Done;
            },
            cancellationToken);

    private static Task<int> TellAsync(DbConnection connection, DbTransaction transaction, UserEvent entry) => connection.ExecuteAsync(
        UserSql.AddEvent, new { entry.Actor, At = entry.At.ToStored(), entry.Message }, transaction);
}

/// <summary>What became of a grant, given or taken back.</summary>
internal enum GrantChange
{
    Done,
    UnknownName,
    UnknownProject,
}
