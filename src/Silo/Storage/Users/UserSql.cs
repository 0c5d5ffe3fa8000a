using Scheduler.Silo.Users;

namespace Scheduler.Silo.Storage.Users;

/// <summary>The statements that change users; each is valid on both databases.</summary>
internal static class UserSql
{
    public const string Add = """
        INSERT INTO user_account (name, password_hash, is_disabled, created_at) VALUES (@User, @Hash, @IsDisabled, @At)
        ON CONFLICT DO NOTHING
        """;

    // Two servers that start together both may see an empty table; the key lets one of them through.
    public const string AddFirst = """
        INSERT INTO user_account (name, password_hash, is_disabled, created_at)
        SELECT @User, @Hash, @IsDisabled, @At WHERE NOT EXISTS (SELECT 1 FROM user_account)
        ON CONFLICT DO NOTHING
        """;

    public const string SetPassword = "UPDATE user_account SET password_hash = @Hash WHERE name = @User";

    public const string SetDisabled = "UPDATE user_account SET is_disabled = @IsDisabled WHERE name = @User";

    public const string EndSessions = "DELETE FROM user_session WHERE user_name = @User";

    public const string DefineRole = """
        INSERT INTO role (name, permissions) VALUES (@Role, @Permissions)
        ON CONFLICT (name) DO UPDATE SET permissions = excluded.permissions
        """;

    public const string AddGroup = "INSERT INTO user_group (name) VALUES (@Group) ON CONFLICT DO NOTHING";

    public const string CountUsers = "SELECT count(*) FROM user_account WHERE name = @User";

    public const string CountRoles = "SELECT count(*) FROM role WHERE name = @Role";

    public const string AddEvent = "INSERT INTO user_event (actor, at, message) VALUES (@Actor, @At, @Message)";

    public static string Set(UserTie tie) => tie switch
    {
        UserTie.HasRole => "INSERT INTO user_role (user_name, role_name) VALUES (@User, @Role) ON CONFLICT DO NOTHING",
        UserTie.InGroup => "INSERT INTO group_member (user_name, group_name) VALUES (@User, @Group) ON CONFLICT DO NOTHING",
        UserTie.GroupHasRole => "INSERT INTO group_role (group_name, role_name) VALUES (@Group, @Role) ON CONFLICT DO NOTHING",
        _ => "INSERT INTO user_proxy (user_name, proxy_name) VALUES (@User, @Proxy) ON CONFLICT DO NOTHING",
    };

    public static string Remove(UserTie tie) => tie switch
    {
        UserTie.HasRole => "DELETE FROM user_role WHERE user_name = @User AND role_name = @Role",
        UserTie.InGroup => "DELETE FROM group_member WHERE user_name = @User AND group_name = @Group",
        UserTie.GroupHasRole => "DELETE FROM group_role WHERE group_name = @Group AND role_name = @Role",
        _ => "DELETE FROM user_proxy WHERE user_name = @User AND proxy_name = @Proxy",
    };
}
