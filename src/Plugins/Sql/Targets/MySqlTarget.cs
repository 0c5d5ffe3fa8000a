using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Sql.Targets;

/// <summary>MySQL or MariaDB. Values are bound on the server, by preparing the statement.</summary>
internal sealed class MySqlTarget(DataSource source) : SqlTarget(source)
{
    /// <summary>So that a server that is gone is noticed within minutes, however long a statement may take.</summary>
    private const int KeepAliveSeconds = 60;

    private int _session;
    private string _client = "";
    private SqlDialect _dialect = SqlDialect.MySql;

    public override SqlDialect Dialect => _dialect;

    public override PlaceholderForm Placeholders => PlaceholderForm.AtName;

    public override DdlEffect Ddl => DdlEffect.Commits;

    public override DbConnection CreateConnection()
    {
        var connection = base.CreateConnection();
        connection.ConnectionString = new MySqlConnectionStringBuilder(connection.ConnectionString)
        {
            Keepalive = KeepAliveSeconds,
            AllowZeroDateTime = true, // reads dates such as 2026-00-00, which .NET has not
            TreatTinyAsBoolean = false,
            GuidFormat = MySqlGuidFormat.None, // otherwise it takes every char(36) for one
            NoBackslashEscapes = !_dialect.HasBackslashEscapes,
        }.ConnectionString;
        return connection;
    }

    public override async Task LearnAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using (var modes = CreateCommand(connection, "SELECT @@SESSION.sql_mode", []))
        {
            if ((await modes.ExecuteScalarAsync(cancellationToken) as string)?.Split(',').Contains("NO_BACKSLASH_ESCAPES") == true)
                _dialect = SqlDialect.MySqlWithoutBackslashEscapes;
        }

        if (!_dialect.HasBackslashEscapes)
        {
            // The driver looks for placeholders itself, and must be told before it connects.
            await connection.CloseAsync();
            await using var told = CreateConnection();
            connection.ConnectionString = told.ConnectionString;
            await connection.OpenAsync(cancellationToken);
        }

        _session = ((MySqlConnection)connection).ServerThread;
        await using var client = CreateCommand(connection, "SELECT host FROM information_schema.processlist WHERE id = CONNECTION_ID()", []);
        _client = (string)(await client.ExecuteScalarAsync(cancellationToken))!;
    }

    public override async Task<DbDataReader> ExecuteAsync(DbCommand command)
    {
        if (command.Parameters.Count > 0) await command.PrepareAsync();
        return await base.ExecuteAsync(command);
    }

    /// <summary>
    /// The driver kills the query on a second connection, once. A kill that arrives before the query begins is lost, so it is repeated
    /// here. The session belongs to this attempt, so it can meet no query of others.
    /// </summary>
    public override Task AskToStopAsync(DbCommand command, int times) =>
        times == 0 ? base.AskToStopAsync(command, times) : ExecuteBesideAsync(Kill("KILL QUERY"), CancellationToken.None);

    /// <summary>A server that has started again counts its sessions from 1, so the address of the client must be the same, too.</summary>
    public override async Task<bool> EndSessionAsync(CancellationToken cancellationToken)
    {
        const string isThere = "SELECT count(*) FROM information_schema.processlist WHERE host = @client AND id = ";
        while (await ExecuteBesideAsync(isThere + Number(_session), cancellationToken, ("client", _client)) is > 0L)
        {
            try
            {
                await ExecuteBesideAsync(Kill("KILL"), cancellationToken);
            }
            catch (MySqlException gone) when (gone.ErrorCode == MySqlErrorCode.NoSuchThread)
            {
                // It ended in between.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return true;
    }

    public override SqlError Judge(Exception error) => error is MySqlException { Number: > 0 } refusal
        ? new(
            string.Create(CultureInfo.InvariantCulture, $"{refusal.Number} ({refusal.SqlState})"),
            refusal.ErrorCode is not (MySqlErrorCode.NoDefaultForField or MySqlErrorCode.TruncatedWrongValueForField or MySqlErrorCode.UnsupportedPreparedStatement)
            && SqlStates.CanRetry(refusal.SqlState))
        : new(error.GetType().Name, CanRetry: true);

    public override string? TextOf(DbDataReader reader, int column)
    {
        if (reader.IsDBNull(column)) return null;

        return reader.GetDataTypeName(column) switch
        {
            "DECIMAL" => ((MySqlDataReader)reader).GetMySqlDecimal(column).ToString(), // 65 digits, more than .NET's own holds
            "DATE" or "DATETIME" or "TIMESTAMP" => TextOf(((MySqlDataReader)reader).GetMySqlDateTime(column), CellText.IsDate(reader, column)),
            "TIME" => TextOf(((MySqlDataReader)reader).GetTimeSpan(column)),
            _ => base.TextOf(reader, column),
        };
    }

    protected override DbParameter CreateParameter(DbCommand command, string name, string value) => new MySqlParameter($"@{name}", value);

    private static string TextOf(MySqlDateTime at, bool isDate)
    {
        var date = string.Create(CultureInfo.InvariantCulture, $"{at.Year:0000}-{at.Month:00}-{at.Day:00}");
        if (isDate) return date;

        var time = string.Create(CultureInfo.InvariantCulture, $"{at.Hour:00}:{at.Minute:00}:{at.Second:00}");
        return at.Microsecond == 0 ? $"{date} {time}" : string.Create(CultureInfo.InvariantCulture, $"{date} {time}.{at.Microsecond:000000}");
    }

    /// <summary>Of up to 838 hours, in both directions.</summary>
    private static string TextOf(TimeSpan time)
    {
        var length = time.Duration();
        var sign = time < TimeSpan.Zero ? "-" : "";
        var fraction = length.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : length.ToString("'.'ffffff", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{(int)length.TotalHours:00}:{length.Minutes:00}:{length.Seconds:00}{fraction}");
    }

    private string Kill(string verb) => $"{verb} {Number(_session)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
