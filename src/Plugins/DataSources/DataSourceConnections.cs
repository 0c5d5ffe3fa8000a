using System.Data.Common;
using System.Globalization;
using MySqlConnector;
using Npgsql;
using Scheduler.Contracts.DataSources;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Odbc;

namespace Scheduler.Plugins.DataSources;

/// <summary>Makes the connections to data sources.</summary>
/// <remarks>
/// Nothing is pooled, so that what one attempt sets on its session never meets another one; no statement has a time-out of its own; and what
/// the surroundings of the silo say to client libraries is not asked.
/// </remarks>
public static class DataSourceConnections
{
    private const int MySqlPort = 3306;
    private const int PostgreSqlPort = 5432;
    private const decimal DefaultConnectTimeout = 15;

    /// <summary>A connection that is not open yet.</summary>
    /// <param name="source">One that keeps the rules of data sources.</param>
    public static DbConnection Create(DataSource source) => source.Kind switch
    {
        DataSourceKinds.MySql => new MySqlConnection(MySql(source)),
        DataSourceKinds.PostgreSql => PostgreSql(source),
        DataSourceKinds.Hive or DataSourceKinds.Odbc => Odbc(source),
        var kind => throw new NotSupportedException($"There is no data source of the kind {kind}."),
    };

    private static string MySql(DataSource source) => new MySqlConnectionStringBuilder
    {
        Server = source.Options[DataSourceKeys.Host],
        Port = (uint)PortOf(source, MySqlPort),
        Database = source.Options.GetValueOrDefault(DataSourceKeys.Database, ""),
        UserID = source.Options[DataSourceKeys.User],
        Password = source.Password ?? "",
        SslMode = source.Options.GetValueOrDefault(DataSourceKeys.SslMode) switch
        {
            SslModes.Disable => MySqlSslMode.Disabled,
            SslModes.Require => MySqlSslMode.Required,
            SslModes.VerifyCa => MySqlSslMode.VerifyCA,
            SslModes.VerifyFull => MySqlSslMode.VerifyFull,
            _ => MySqlSslMode.Preferred,
        },
        ConnectionTimeout = (uint)ConnectTimeoutOf(source),
        DefaultCommandTimeout = 0,
        Pooling = false,
        AutoEnlist = false,
        AllowLoadLocalInfile = false,
        AllowUserVariables = true,
        UseAffectedRows = true, // counts as its own client does
    }.ConnectionString;

    private static NpgsqlConnection PostgreSql(DataSource source)
    {
        var builder = new NpgsqlDataSourceBuilder(PostgreSqlString(source));
        // Without any password it would look for one in the environment and in files: the scheduler's own, perhaps.
        if (source.Password is null) builder.UsePasswordProvider(_ => "", (_, _) => new(""));
        return builder.Build().CreateConnection();
    }

    private static string PostgreSqlString(DataSource source) => new NpgsqlConnectionStringBuilder
    {
        Host = source.Options[DataSourceKeys.Host],
        Port = PortOf(source, PostgreSqlPort),
        Database = source.Options.GetValueOrDefault(DataSourceKeys.Database),
        Username = source.Options[DataSourceKeys.User],
        Password = source.Password,
        SslMode = source.Options.GetValueOrDefault(DataSourceKeys.SslMode) switch
        {
            SslModes.Disable => SslMode.Disable,
            SslModes.Require => SslMode.Require,
            SslModes.VerifyCa => SslMode.VerifyCA,
            SslModes.VerifyFull => SslMode.VerifyFull,
            _ => SslMode.Prefer,
        },
        SearchPath = source.Options.GetValueOrDefault(DataSourceKeys.SearchPath),
        Timeout = ConnectTimeoutOf(source),
        CommandTimeout = 0,
        Pooling = false,
        Enlist = false,
    }.ConnectionString;

    private static DbConnection Odbc(DataSource source)
    {
        var connection = OdbcFactories.Current.CreateConnection()!;
        connection.ConnectionString = OdbcConnectionString.Of(source);
        return connection;
    }

    private static int PortOf(DataSource source, int usual) =>
        source.Options.GetValueOrDefault(DataSourceKeys.Port) is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : usual;

    private static int ConnectTimeoutOf(DataSource source) =>
        (int)(DurationText.Seconds(source.Options.GetValueOrDefault(DataSourceKeys.ConnectTimeout, "")) ?? DefaultConnectTimeout);
}
