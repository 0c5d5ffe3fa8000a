using System.Data.Common;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.DataSources;

namespace Scheduler.Plugins.Sql.Targets;

/// <summary>The server behind the one session of an attempt: all that differs between those a script may run on.</summary>
internal abstract class SqlTarget(DataSource source)
{
    /// <summary>How the server reads a script; final after <see cref="LearnAsync"/>.</summary>
    public abstract SqlDialect Dialect { get; }

    public abstract PlaceholderForm Placeholders { get; }

    public abstract DdlEffect Ddl { get; }

    /// <summary>Not open yet, and not from a pool.</summary>
    public virtual DbConnection CreateConnection() => DataSourceConnections.Create(source);

    /// <summary>Asks a new session what must be known before a script is split.</summary>
    public virtual Task LearnAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A command without a time-out of its own.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="text">With placeholders.</param>
    /// <param name="values">One for each of <see cref="BoundStatement.Names"/>.</param>
    public virtual DbCommand CreateCommand(DbConnection connection, string text, IReadOnlyList<(string Name, string Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 0;
        foreach (var (name, value) in values) command.Parameters.Add(CreateParameter(command, name, value));
        return command;
    }

    public virtual Task<DbDataReader> ExecuteAsync(DbCommand command) => command.ExecuteReaderAsync(CancellationToken.None);

    /// <summary>Asks the server to stop what the command runs. The command ends when the server has stopped it, not before.</summary>
    /// <param name="command">Runs, or has just ended.</param>
    /// <param name="times">How often that was asked already.</param>
    // ADO.NET's only way to ask is synchronous, and may connect to the server.
    public virtual Task AskToStopAsync(DbCommand command, int times) => Task.Run(command.Cancel);

    /// <summary>Ends the session on the server after its connection broke, so that nothing of it runs on.</summary>
    /// <returns>True when the server says that it is gone.</returns>
    public virtual Task<bool> EndSessionAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>The server's own name of an error, and whether the same again may succeed.</summary>
    public abstract SqlError Judge(Exception error);

    /// <summary>A value for people and for output properties; null for NULL.</summary>
    public virtual string? TextOf(DbDataReader reader, int column) => CellText.Of(reader, column);

    protected virtual DbParameter CreateParameter(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        parameter.Value = value;
        return parameter;
    }

    /// <summary>Runs a statement on a connection of its own.</summary>
    protected async Task<object?> ExecuteBesideAsync(string text, CancellationToken cancellationToken, params (string Name, string Value)[] values)
    {
        await using var connection = CreateConnection();
        await connection.OpenAsync(cancellationToken);
        await using var command = CreateCommand(connection, text, values);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}

/// <summary>What happens to an open transaction when a statement changes tables or rights.</summary>
internal enum DdlEffect
{
    /// <summary>It becomes a part of it.</summary>
    Joins,
    /// <summary>The transaction is committed without being asked.</summary>
    Commits,
    /// <summary>Nobody knows.</summary>
    Unknown,
}

/// <param name="Code">Numbers and states as the server's manual lists them.</param>
/// <param name="CanRetry">False when the same statement on the same data must fail again.</param>
internal sealed record SqlError(string Code, bool CanRetry);
