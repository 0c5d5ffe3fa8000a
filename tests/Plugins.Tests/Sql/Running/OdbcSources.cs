using Scheduler.Contracts.Plugins;
using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Sql.Running;

/// <summary>Data sources over the drivers that the tests know.</summary>
internal static class OdbcSources
{
    public static DataSource PostgreSql(string kind, int port) =>
        Of(kind, "PostgreSQL Unicode", $"Server=127.0.0.1;Port={port};Database=postgres;BoolsAsChar=0", "postgres", null);

    public static DataSource MariaDb(string kind, int port) =>
        Of(kind, "MariaDB Unicode", $"Server=127.0.0.1;Port={port};Database={MariaDbServer.Database}", MariaDbServer.User, MariaDbServer.Password);

    public static DataSource Sqlite(string path) => Of(DataSourceKinds.Odbc, "SQLite3", $"Database={path};StepAPI=1;NoWCHAR=0;Timeout=1000", null, null);

    private static DataSource Of(string kind, string driver, string text, string? user, string? password)
    {
        var options = new Dictionary<string, string> { ["driver"] = driver, ["connection.string"] = text };
        if (user is not null) options["user"] = user;
        return new("db", kind, options, password);
    }
}
