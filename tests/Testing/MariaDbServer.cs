using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scheduler.Testing;

/// <summary>
/// A real MariaDB server of one's own: fresh data in a temporary folder, on loopback, with a user <c>tester</c> who may do everything. It
/// stops and leaves nothing behind when it is disposed or when the process that started it ends in any way, <c>kill -9</c> included.
/// </summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    public const string User = "tester";
    public const string Password = "not;a}secret";
    public const string Database = "test";

    private readonly Process keeper;

    private MariaDbServer(Process keeper, int port)
    {
        this.keeper = keeper;
        Port = port;
    }

    /// <summary>On 127.0.0.1.</summary>
    public int Port { get; }

    /// <exception cref="InvalidOperationException">MariaDB is not installed or did not start; the message says what it said.</exception>
    public static async Task<MariaDbServer> StartAsync()
    {
        var port = FreePort();
        string[] shell = ["-c", KeeperScript, "mariadb", port.ToString(CultureInfo.InvariantCulture), Environment.UserName, InitialStatements];
        var keeper = Process.Start(new ProcessStartInfo("/bin/sh", shell)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        return await keeper.StandardOutput.ReadLineAsync() == "ready"
            ? new MariaDbServer(keeper, port)
            : throw new InvalidOperationException($"MariaDB did not start: {await keeper.StandardError.ReadToEndAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }

    private const string InitialStatements =
        $"CREATE DATABASE {Database} CHARACTER SET utf8mb4;"
        + $"CREATE USER '{User}'@'%' IDENTIFIED BY '{Password}'; GRANT ALL ON *.* TO '{User}'@'%';";

    // $1 port, $2 user, $3 statements. Reading stdin is how it notices the end of the process that started it.
    private const string KeeperScript = """
        set -e
        PATH=$PATH:/usr/sbin
        folder=$(mktemp -d /tmp/scheduler-mariadb.XXXXXX)
        server=
        trap '[ -z "$server" ] || kill -9 "$server"; wait; rm -rf "$folder"' EXIT
        trap '' INT TERM HUP
        mariadb-install-db --no-defaults --datadir="$folder"/data --user="$2" --skip-test-db --auth-root-authentication-method=normal \
          >"$folder"/log 2>&1 || { cat "$folder"/log >&2; exit 1; }
        mariadbd --no-defaults --datadir="$folder"/data --user="$2" --bind-address=127.0.0.1 --port="$1" --socket="$folder"/socket \
          --pid-file="$folder"/pid --character-set-server=utf8mb4 --max-allowed-packet=64M --skip-name-resolve \
          --innodb-flush-log-at-trx-commit=0 >"$folder"/log 2>&1 </dev/null &
        server=$!
        until mariadb-admin --no-defaults --socket="$folder"/socket --user=root ping >/dev/null 2>&1; do
          kill -0 "$server" 2>/dev/null || { server=; cat "$folder"/log >&2; exit 1; }
          sleep 0.05
        done
        mariadb --no-defaults --socket="$folder"/socket --user=root -e "$3" >&2
        echo ready
        cat >/dev/null
        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
