using Microsoft.Data.Sqlite;

namespace Scheduler.Silo.Storage.Sqlite;

/// <summary>A statement compiled once and run many times; its parameters are <c>$0</c>, <c>$1</c> and so on.</summary>
internal sealed class PreparedStatement
{
    private readonly SqliteCommand command;

    public PreparedStatement(SqliteConnection connection, string sql, int parameters)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
    }

    public SqliteTransaction? Transaction
    {
        get => command.Transaction;
        set => command.Transaction = value;
    }

    /// <returns>The number of rows changed.</returns>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    /// <returns>The first column of the first row; null when there is no row.</returns>
    public object? ExecuteScalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return command.ExecuteScalar();
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
