using System.Data.Common;
using Scheduler.Plugins.Odbc;

namespace Scheduler.Plugins.Tests.Odbc;

/// <summary>A database behind a driver, with what is particular about its SQL. It lives as long as the tests of its class.</summary>
public abstract class OdbcDatabase : IAsyncLifetime
{
    public abstract string ConnectionString { get; }

    /// <summary>Reaches nobody, or nobody who lets it in.</summary>
    public abstract string RefusedConnectionString { get; }

    /// <summary>A name the driver manager knows, and what to install for it.</summary>
    public abstract string DriverPackage { get; }

    /// <summary>Columns of a table: id, text, integer, long, decimal, double, bool, timestamp, date, time, binary.</summary>
    public abstract string Columns { get; }

    /// <summary>Never ends by itself within the time of a test.</summary>
    public abstract string LongStatement { get; }

    /// <summary>Gives n from 1 to 200 000 and a text.</summary>
    public abstract string ManyRows { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    internal async Task<DbConnection> OpenAsync()
    {
        var connection = OdbcFactories.Current.CreateConnection()!;
        connection.ConnectionString = ConnectionString;
        await connection.OpenAsync();
        return connection;
    }
}
