using System.Net.Sockets;
using Npgsql;

namespace Scheduler.Silo.Storage.PostgreSql;

/// <summary>Sorts what the driver throws by what can be done about it.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>The server cannot be reached, or has just gone: another connection may succeed.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } => state is
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or
            PostgresErrorCodes.TooManyConnections || state.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException or EndOfStreamException } => true,
        NpgsqlException { IsTransient: true } => true,
        _ => false,
    };

    /// <summary>The server gave up this transaction for the sake of another: the same work may succeed now.</summary>
    public static bool IsSacrificed(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    };

    /// <summary>A row with this key stands already.</summary>
    public static bool IsDuplicate(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
