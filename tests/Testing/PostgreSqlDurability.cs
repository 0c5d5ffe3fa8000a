namespace Scheduler.Testing;

/// <summary>How a test server treats its disk.</summary>
public enum PostgreSqlDurability
{
    /// <summary>Nothing is flushed: fast, survives crashes of the server process but not of the machine.</summary>
    None,

    /// <summary>As in production: every commit is flushed. For measurements.</summary>
    Full,
}

internal static class PostgreSqlDurabilityExtensions
{
    /// <summary>Lines of postgresql.conf.</summary>
    public static string ToSettings(this PostgreSqlDurability durability) => durability switch
    {
        PostgreSqlDurability.None => "fsync = off\nfull_page_writes = off\nshared_buffers = 64MB",
        _ => "fsync = on\nshared_buffers = 512MB",
    };
}
