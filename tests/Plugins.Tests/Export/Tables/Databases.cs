using System.Data.Common;
using System.Globalization;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Tests.Support;
using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.Export.Tables;

/// <summary>A real PostgreSQL and a real MariaDB for all tests of the collection.</summary>
public sealed class Databases : IAsyncLifetime
{
    public const string PostgreSql = DataSourceKinds.PostgreSql;
    public const string MySql = DataSourceKinds.MySql;

    private static int s_lastTable;

    private readonly Dictionary<string, DataSource> _sources = [];
    private PostgreSqlServer _postgreSql = null!;
    private MariaDbServer _mariaDb = null!;

    public async Task InitializeAsync()
    {
        _postgreSql = await PostgreSqlServer.StartAsync(PostgreSqlDurability.None);
        _mariaDb = await MariaDbServer.StartAsync();
        _sources[PostgreSql] = new(PostgreSql, PostgreSql, Options(_postgreSql.Port, "postgres", "postgres"), null);
        _sources[MySql] = new(MySql, MySql, Options(_mariaDb.Port, MariaDbServer.Database, MariaDbServer.User), MariaDbServer.Password);
    }

    public async Task DisposeAsync()
    {
        await _postgreSql.DisposeAsync();
        await _mariaDb.DisposeAsync();
    }

    /// <summary>One that no other test uses.</summary>
    public static string NewTable() => $"table_{Interlocked.Increment(ref s_lastTable)}";

    /// <summary>As an export connects.</summary>
    public Task<DbConnection> OpenAsync(string kind) => ExportConnections.OpenAsync(_sources[kind], CancellationToken.None);

    public async Task RunAsync(string kind, params string[] statements)
    {
        await using var connection = await OpenAsync(kind);
        foreach (var statement in statements) await connection.RunAsync(statement, CancellationToken.None);
    }

    public async Task<object?> AskAsync(string kind, string sql)
    {
        await using var connection = await OpenAsync(kind);
        return await connection.AskAsync(sql, CancellationToken.None);
    }

    /// <summary>The rows as text, values with a bar between.</summary>
    public async Task<List<string>> RowsAsync(string kind, string sql)
    {
        await using var connection = await OpenAsync(kind);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i =>
                reader.IsDBNull(i) ? "NULL" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }

    /// <summary>Staging tables that exist.</summary>
    public Task<List<string>> LeftoversAsync(string kind) =>
        RowsAsync(kind, "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'scheduler\\_export\\_%'");

    internal TestContext Context(params (string Key, string Value)[] properties)
    {
        var context = new TestContext(properties);
        foreach (var (name, source) in _sources) context.DataSources[name] = source;
        return context;
    }

    private static Dictionary<string, string> Options(int port, string database, string user) => new()
    {
        ["host"] = "127.0.0.1",
        ["port"] = port.ToString(CultureInfo.InvariantCulture),
        ["database"] = database,
        ["user"] = user,
    };
}

[CollectionDefinition(nameof(Databases))]
public sealed class DatabasesCollection : ICollectionFixture<Databases>;
