namespace Scheduler.Silo.Storage.Projects;

/// <summary>The statements on projects; each is valid on both databases.</summary>
internal static class ProjectSql
{
    public const string Insert = """
        INSERT INTO project (name, active_name, description, created_by, created_at, modified_by, modified_at)
        VALUES (@Name, @Key, @Description, @User, @At, @User, @At)
        ON CONFLICT (active_name) DO NOTHING
        RETURNING project_id
        """;

    public const string Touch = """
        UPDATE project SET modified_by = @User, modified_at = @At WHERE project_id = @ProjectId AND active_name IS NOT NULL
        """;

    public const string Delete = "UPDATE project SET active_name = NULL WHERE project_id = @ProjectId";

    public const string Describe = "UPDATE project SET description = @Description WHERE project_id = @ProjectId";

    public const string SetGrant = """
        INSERT INTO project_grant (project_id, name, is_group, permissions) VALUES (@ProjectId, @Name, @IsGroup, @Permissions)
        ON CONFLICT (project_id, is_group, name) DO UPDATE SET permissions = excluded.permissions
        """;

    public const string RemoveGrant = """
        DELETE FROM project_grant WHERE project_id = @ProjectId AND name = @Name AND is_group = @IsGroup
        """;

    public const string AddProxyUser = """
        INSERT INTO project_proxy_user (project_id, name) VALUES (@ProjectId, @Name) ON CONFLICT DO NOTHING
        """;

    public const string RemoveProxyUser = "DELETE FROM project_proxy_user WHERE project_id = @ProjectId AND name = @Name";

    public const string ById = "p.project_id = @Id";

    public const string ByKey = "p.active_name = @Key";

    public const string FirstActive = """
        p.project_id IN (SELECT project_id FROM project WHERE active_name IS NOT NULL ORDER BY active_name LIMIT @Limit)
        """;

    /// <summary>Projects in the order of their names, then what hangs on them: one statement, so one moment.</summary>
    /// <param name="which">A condition of this class.</param>
    public static string Select(string which) => $"""
        SELECT 0 AS Kind, p.project_id AS ProjectId, p.name AS Name, p.active_name AS Key, p.description AS Description,
            p.created_by AS CreatedBy, p.created_at AS CreatedAt, p.modified_by AS ModifiedBy, p.modified_at AS ModifiedAt,
            p.latest_version AS LatestVersion, 0 AS Permissions
        FROM project p WHERE {which}
        UNION ALL
        SELECT CASE WHEN g.is_group THEN 2 ELSE 1 END, p.project_id, g.name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, g.permissions
        FROM project p JOIN project_grant g ON g.project_id = p.project_id WHERE {which}
        UNION ALL
        SELECT 3, p.project_id, x.name, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0
        FROM project p JOIN project_proxy_user x ON x.project_id = p.project_id WHERE {which}
        ORDER BY Kind, Key, Name
        """;
}
