namespace Scheduler.Contracts.DataSources;

/// <summary>The options of data sources, as <see cref="Plugins.DataSource.Options"/> has them.</summary>
public static class DataSourceKeys
{
    /// <summary>One name or address.</summary>
    public const string Host = "host";

    public const string Port = "port";
    public const string Database = "database";
    public const string User = "user";

    /// <summary>One of <see cref="SslModes"/>.</summary>
    public const string SslMode = "ssl.mode";

    public const string Charset = "charset";

    /// <summary>How long opening may take, such as <c>15s</c>.</summary>
    public const string ConnectTimeout = "connect.timeout";

    /// <summary>Schemas of PostgreSQL, separated by commas.</summary>
    public const string SearchPath = "search.path";

    /// <summary>As the driver manager of ODBC knows it.</summary>
    public const string Driver = "driver";

    /// <summary>As the driver manager of ODBC knows it.</summary>
    public const string Dsn = "dsn";

    /// <summary>Further keys for the ODBC driver, such as <c>Host=…;Port=…</c>. Never a password.</summary>
    public const string ConnectionString = "connection.string";
}

/// <summary>How a connection is encrypted, from never to always with the name in the certificate checked.</summary>
public static class SslModes
{
    public const string Disable = "disable";

    /// <summary>When the server can. The default.</summary>
    public const string Prefer = "prefer";

    public const string Require = "require";
    public const string VerifyCa = "verify-ca";
    public const string VerifyFull = "verify-full";

    public static IReadOnlyList<string> All { get; } = [Disable, Prefer, Require, VerifyCa, VerifyFull];
}
