using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;
using Npgsql;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.DataSources;
using Scheduler.Testing;

namespace Scheduler.Plugins.Tests.DataSources;

/// <summary>Connections against real servers.</summary>
public sealed class DataSourceProbeTests(DataSourceProbeTests.Servers servers) : IClassFixture<DataSourceProbeTests.Servers>
{
    private readonly DataSourceProbe probe = new();

    [Fact]
    public async Task Each_kind_opens()
    {
        Assert.Null(await probe.TestAsync(MySql(MariaDbServer.Password), default));
        Assert.Null(await probe.TestAsync(PostgreSql(), default));
        Assert.Null(await probe.TestAsync(Odbc(MariaDbServer.Password), default));
    }

    [Fact]
    public async Task What_is_wrong_is_said()
    {
        Assert.Contains("Access denied", await probe.TestAsync(MySql("wrong"), default), StringComparison.Ordinal);
        Assert.Contains("Access denied", await probe.TestAsync(Odbc("wrong"), default), StringComparison.Ordinal);
        Assert.Contains("nowhere", await probe.TestAsync(PostgreSql(("database", "nowhere")), default), StringComparison.Ordinal);
        Assert.NotNull(await probe.TestAsync(PostgreSql(("port", "1"), ("connect.timeout", "2s")), default));
        Assert.NotNull(await probe.TestAsync(PostgreSql(("ssl.mode", "require")), default));
        var missing = new DataSource("x", "odbc", Options(("driver", "No Such")), null);
        Assert.Contains("driver", await probe.TestAsync(missing, default), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_server_may_not_read_files_of_this_machine()
    {
        await using var connection = DataSourceConnections.Create(MySql(MariaDbServer.Password));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE TEMPORARY TABLE t (line text); LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t";

        await Assert.ThrowsAnyAsync<Exception>(() => command.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task Options_count_and_nothing_is_pooled_or_taken_from_the_surroundings()
    {
        await using var mysql = (MySqlConnection)DataSourceConnections.Create(MySql("x", ("ssl.mode", "verify-full"), ("connect.timeout", "2m")));
        await using var postgresql = (NpgsqlConnection)DataSourceConnections.Create(PostgreSql(("search.path", "a,b"), ("ssl.mode", "disable")));

        var my = new MySqlConnectionStringBuilder(mysql.ConnectionString);
        Assert.Equal((MySqlSslMode.VerifyFull, 120u, false, 0u), (my.SslMode, my.ConnectionTimeout, my.Pooling, my.DefaultCommandTimeout));
        var pg = new NpgsqlConnectionStringBuilder(postgresql.ConnectionString);
        Assert.Equal((SslMode.Disable, "a,b", false, 0), (pg.SslMode, pg.SearchPath, pg.Pooling, pg.CommandTimeout));
    }

    [Fact]
    public async Task Without_a_password_none_of_the_servers_own_is_sent()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Environment.SetEnvironmentVariable("PGPASSWORD", "of the scheduler");
        var source = PostgreSql(("port", Text(((IPEndPoint)listener.LocalEndpoint).Port)), ("ssl.mode", "disable"));

        _ = AskForPasswordsAsync(listener);
        var problem = await probe.TestAsync(source, default);
        Environment.SetEnvironmentVariable("PGPASSWORD", null);

        Assert.Contains("No password has been provided", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "Driver={MariaDB Unicode};UID=u;PWD=plain;Server=db")]
    [InlineData("a;b}c", "Driver={MariaDB Unicode};UID=u;PWD={a;b}}c};Server=db")]
    public void An_odbc_connection_string_quotes_what_it_must(string password, string expected) => Assert.Equal(
        expected,
        OdbcConnectionString.Of(new("x", "odbc", Options(("connection.string", "Server=db"), ("driver", "MariaDB Unicode"), ("user", "u")), password)));

    /// <summary>As a PostgreSQL server that wants passwords in the clear and lets nobody in.</summary>
    private static async Task AskForPasswordsAsync(TcpListener listener)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            while (await ReadMessageAsync(stream) is { Length: 4 }) await stream.WriteAsync("N"u8.ToArray()); // no encryption
            await stream.WriteAsync(new byte[] { (byte)'R', 0, 0, 0, 8, 0, 0, 0, 3 });
            stream.ReadByte();
        }
    }

    private static async Task<byte[]> ReadMessageAsync(NetworkStream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length);
        var message = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4];
        await stream.ReadExactlyAsync(message);
        return message;
    }

    private DataSource MySql(string password, params (string, string)[] more) => new(
        "m", "mysql",
        Options(
        [
            ("host", "127.0.0.1"), ("port", Text(servers.MariaDb.Port)), ("user", MariaDbServer.User), ("database", MariaDbServer.Database), .. more,
        ]),
        password);

    private DataSource Odbc(string password) => new(
        "o", "odbc",
        Options(
            ("driver", "MariaDB Unicode"), ("user", MariaDbServer.User),
            ("connection.string", $"Server=127.0.0.1;Port={Text(servers.MariaDb.Port)}")),
        password);

    private DataSource PostgreSql(params (string, string)[] more) => new(
        "p", "postgresql", Options([("host", "127.0.0.1"), ("port", Text(servers.PostgreSql.Port)), ("user", "postgres"), .. more]), null);

    private static Dictionary<string, string> Options(params (string Key, string Value)[] options)
    {
        var all = new Dictionary<string, string>();
        foreach (var (key, value) in options) all[key] = value;
        return all;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public sealed class Servers : IAsyncLifetime
    {
        public MariaDbServer MariaDb { get; private set; } = null!;

        public PostgreSqlServer PostgreSql { get; private set; } = null!;

        public async Task InitializeAsync() =>
            (MariaDb, PostgreSql) = (await MariaDbServer.StartAsync(), await PostgreSqlServer.StartAsync(PostgreSqlDurability.None));

        public async Task DisposeAsync()
        {
            await MariaDb.DisposeAsync();
            await PostgreSql.DisposeAsync();
        }
    }
}
