using Npgsql;
using NpgsqlTypes;

namespace Scheduler.Silo.Storage.PostgreSql;

/// <summary>A list as an array parameter, for <c>unnest</c>.</summary>
internal static class Column
{
    public static NpgsqlParameter Of<T>(List<T> values, NpgsqlDbType type) =>
        new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
