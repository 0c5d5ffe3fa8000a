using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Sql.Targets;

/// <summary>PostgreSQL. Its sessions have a name of their own, by which administrators and the way to stop them find them.</summary>
internal sealed class PostgreSqlTarget(DataSource source, string sessionName) : SqlTarget(source)
{
    /// <summary>So that a server that is gone is noticed within minutes, however long a statement may take.</summary>
    private const int KeepAliveSeconds = 60;

    private const int LongestName = 63;

    private readonly string _name = sessionName[..Math.Min(sessionName.Length, LongestName)];

    public override SqlDialect Dialect => SqlDialect.PostgreSql;

    public override PlaceholderForm Placeholders => PlaceholderForm.DollarNumber;

    public override DdlEffect Ddl => DdlEffect.Joins;

    public override DbConnection CreateConnection()
    {
        var connection = base.CreateConnection();
        connection.ConnectionString = new NpgsqlConnectionStringBuilder(connection.ConnectionString)
        {
            ApplicationName = _name,
            TcpKeepAlive = true,
            TcpKeepAliveTime = KeepAliveSeconds,
            CancellationTimeout = 0, // waits until the server has stopped
        }.ConnectionString;
        return connection;
    }

    public override DbCommand CreateCommand(DbConnection connection, string text, IReadOnlyList<(string Name, string Value)> values)
    {
        var command = base.CreateCommand(connection, text, values);
        ((NpgsqlCommand)command).AllResultTypesAreUnknown = true; // the server writes every type as text, also those of extensions
        return command;
    }

    /// <summary>
    /// The first request is that of the protocol, which needs no free place on the server. One that arrives before the statement begins is
    /// lost, so it is repeated by the name of the session.
    /// </summary>
    public override Task AskToStopAsync(DbCommand command, int times) => times == 0
        ? base.AskToStopAsync(command, times)
        : ExecuteBesideAsync("SELECT count(pg_cancel_backend(pid))" + OtherSessions, CancellationToken.None, ("name", _name));

    public override async Task<bool> EndSessionAsync(CancellationToken cancellationToken)
    {
        while (await ExecuteBesideAsync("SELECT count(pg_terminate_backend(pid))" + OtherSessions, cancellationToken, ("name", _name)) is not "0")
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        return true;
    }

    public override SqlError Judge(Exception error) => error is PostgresException refusal
        ? new(refusal.SqlState, SqlStates.CanRetry(refusal.SqlState))
        : new(error.GetType().Name, CanRetry: true);

    /// <summary>Without a type, so that the server takes the text for what the place of the parameter asks for.</summary>
    protected override DbParameter CreateParameter(DbCommand command, string name, string value) =>
        new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Unknown, Value = value };

    private const string OtherSessions = " FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()";
}
