using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Scheduler.Testing;

/// <summary>
/// A real PostgreSQL server of one's own: a fresh cluster in a temporary folder, on loopback, trusting everyone. It stops and leaves
/// nothing behind when it is disposed or when the process that started it ends in any way, <c>kill -9</c> included.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgreSqlServer>> SharedServer = new(() => StartAsync(PostgreSqlDurability.None));

    private readonly Process keeper;
    private readonly string folder;
    private int databases;

    private PostgreSqlServer(Process keeper, string folder, int port)
    {
        this.keeper = keeper;
        this.folder = folder;
        Port = port;
    }

    /// <summary>On 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>One server for all tests of the process, started by the first who asks; not to be stopped or restarted.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => SharedServer.Value;

    /// <param name="durability">How it treats its disk.</param>
    /// <param name="settings">Further lines of postgresql.conf.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed or did not start; the message says what it said.</exception>
    public static async Task<PostgreSqlServer> StartAsync(PostgreSqlDurability durability, string settings = "")
    {
        var port = FreePort();
        var keeper = PostgreSqlBinaries.StartShell(KeeperScript, port.ToString(CultureInfo.InvariantCulture), $"{durability.ToSettings()}\n{settings}");
        var folder = await keeper.StandardOutput.ReadLineAsync();

        return string.IsNullOrEmpty(folder)
            ? throw new InvalidOperationException($"PostgreSQL did not start: {await keeper.StandardError.ReadToEndAsync()}")
            : new PostgreSqlServer(keeper, folder, port);
    }

    public string ConnectionStringFor(string database) =>
        $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size=50;Timeout=5";

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionStringFor(name);
    }

    /// <summary>Runs a statement as the superuser, outside of any test database.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringFor("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Stops the server as a crash would, without a checkpoint.</summary>
    public Task CrashAsync() => PostgreSqlBinaries.RunAsync("\"$0\"/pg_ctl -D \"$1\"/data -m immediate -w stop", folder);

    /// <summary>Starts it again, on the same port, with what it had committed.</summary>
    public Task StartAgainAsync() => PostgreSqlBinaries.RunAsync("\"$0\"/pg_ctl -D \"$1\"/data -l \"$1\"/log -w start", folder);

    public async ValueTask DisposeAsync()
    {
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }

    // $0 folder of the binaries, $1 port, $2 settings. Reading stdin is how it notices the end of the process that started it.
    private const string KeeperScript = """
        set -e
        folder=$(mktemp -d /tmp/scheduler-postgresql.XXXXXX)
        trap '"$0"/pg_ctl -D "$folder"/data -m immediate -w stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
        trap '' INT TERM HUP
        "$0"/initdb -D "$folder"/data -U postgres -A trust -E UTF8 --locale=C --no-sync >/dev/null
        {
          echo "port = $1"
          echo "listen_addresses = '127.0.0.1'"
          echo "unix_socket_directories = ''"
          echo "max_connections = 200"
          echo "$2"
        } >> "$folder"/data/postgresql.conf
        "$0"/pg_ctl -D "$folder"/data -l "$folder"/log -w start >/dev/null </dev/null || { cat "$folder"/log >&2; exit 1; }
        echo "$folder"
        cat >/dev/null
        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
