using System.Net.Sockets;
using Npgsql;

namespace Scheduler.Silo.Storage.PostgreSql;

/// <summary>Sorts what the driver throws by what can be done about it.</summary>
internal static class PostgreSqlErrors
{
    /// <summary>The server cannot be reached, has just gone, or cannot write now: a later try, elsewhere perhaps, may succeed.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } => IsUnavailable(state),
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException } => true,
        NpgsqlException { IsTransient: true } => true,
        _ => false,
    };

    // Classes 08 and 53: connection failures; out of connections, memory or disk.
    private static bool IsUnavailable(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state is
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or
            PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.IoError;

    /// <summary>The server gave up this transaction for the sake of another: the same work may succeed now.</summary>
    public static bool IsSacrificed(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    };

    /// <summary>A row with this key stands already.</summary>
    public static bool IsDuplicate(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
