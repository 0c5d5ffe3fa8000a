using System.Data.Common;

namespace Scheduler.Plugins.Odbc;

/// <summary>ADO.NET over the ODBC driver manager of the system, as large as the plugins need it.</summary>
internal sealed class OdbcFactory : DbProviderFactory
{
    public static readonly OdbcFactory Instance = new();

    private OdbcFactory()
    {
    }

    public override DbConnection CreateConnection() => new OdbcConnection();

    public override DbCommand CreateCommand() => new OdbcCommand();

    public override DbParameter CreateParameter() => new OdbcParameter();

    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new(useOdbcRules: true);
}
