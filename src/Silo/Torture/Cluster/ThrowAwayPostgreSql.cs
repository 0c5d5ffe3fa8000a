using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Scheduler.Silo.Torture.Cluster;

/// <summary>
/// A PostgreSQL server for one run: on loopback, in a folder of its own, trusting everyone. It ends and is removed with the process
/// that started it, whatever way that ends.
/// </summary>
internal sealed class ThrowAwayPostgreSql : IAsyncDisposable
{
    /// <summary>
    /// <c>$0</c> folder of the programs, <c>$1</c> port. Nothing is flushed: the run crashes processes, never the machine. It reads
    /// its input to notice the end of whoever started it.
    /// </summary>
    private const string Keeper = """
        set -e
        folder=$(mktemp -d "${TMPDIR:-/tmp}"/scheduler-torture-postgresql.XXXXXX)
        trap '"$0"/pg_ctl -D "$folder"/data -m immediate -w stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
        trap '' INT TERM HUP
        "$0"/initdb -D "$folder"/data -U scheduler -A trust -E UTF8 --locale=C --no-sync >/dev/null
        cat >> "$folder"/data/postgresql.conf <<SETTINGS
        port = $1
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 400
        fsync = off
        full_page_writes = off
        SETTINGS
        "$0"/pg_ctl -D "$folder"/data -l "$folder"/log -w start >/dev/null </dev/null || { cat "$folder"/log >&2; exit 1; }
        echo "$folder"
        cat >/dev/null
        """;

    private readonly PostgreSqlPrograms programs;
    private readonly Process keeper;
    private readonly string folder;

    private ThrowAwayPostgreSql(PostgreSqlPrograms programs, Process keeper, string folder, int port)
    {
        (this.programs, this.keeper, this.folder) = (programs, keeper, folder);
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "scheduler",
            Database = "postgres",
            Timeout = 5,
            MaxPoolSize = 40,
        }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <exception cref="TortureImpossibleException">It did not start; the message says what it said.</exception>
    public static async Task<ThrowAwayPostgreSql> StartAsync(PostgreSqlPrograms programs, int port)
    {
        var keeper = programs.Start(Keeper, port.ToString(CultureInfo.InvariantCulture));
        var folder = await keeper.StandardOutput.ReadLineAsync();
        return string.IsNullOrEmpty(folder)
            ? throw new TortureImpossibleException($"PostgreSQL did not start: {await keeper.StandardError.ReadToEndAsync()}")
            : new ThrowAwayPostgreSql(programs, keeper, folder, port);
    }

    /// <summary>Ends it and starts it again, with all that was committed.</summary>
    /// <param name="isGentle">True: its connections are told; false: it ends as in a crash.</param>
    public Task RestartAsync(bool isGentle) => programs.RunAsync(
        "\"$0\"/pg_ctl -D \"$1\"/data -l \"$1\"/log -m \"$2\" -w restart", folder, isGentle ? "fast" : "immediate");

    public async ValueTask DisposeAsync()
    {
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }
}
