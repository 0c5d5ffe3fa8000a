using System.Diagnostics;
using CliWrap;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Scheduler.Benchmarks;

/// <summary>What the machine can do without an engine, measured in the same run as the engine.</summary>
internal static class Baselines
{
    private const string Upsert =
        "INSERT INTO bench_row(id, value) VALUES (@id, @value) ON CONFLICT (id) DO UPDATE SET value = excluded.value";

    /// <summary>Single-row upserts, each its own commit, one connection after the other statement: commits per second.</summary>
    public static async Task<double> PostgreSqlCommitsAsync(string connectionString, TimeSpan duration)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync();
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS bench_row(id int PRIMARY KEY, value int NOT NULL)");

        await using var command = new NpgsqlCommand(Upsert, connection);
        var id = command.Parameters.Add("id", NpgsqlTypes.NpgsqlDbType.Integer);
        var value = command.Parameters.Add("value", NpgsqlTypes.NpgsqlDbType.Integer);
        await command.PrepareAsync();

        return await RatePerSecondAsync(duration, async count =>
        {
            id.Value = count % 100_000;
            value.Value = count;
            await command.ExecuteNonQueryAsync();
        });
    }

    /// <summary>The same on SQLite with a write-ahead log flushed at each commit.</summary>
    public static async Task<double> SqliteCommitsAsync(string folder, TimeSpan duration)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "baseline.db")};Pooling=False");
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        await ExecuteAsync(connection, "CREATE TABLE bench_row(id INTEGER PRIMARY KEY, value INTEGER NOT NULL)");

        await using var command = new SqliteCommand(Upsert, connection);
        var id = command.Parameters.Add("@id", SqliteType.Integer);
        var value = command.Parameters.Add("@value", SqliteType.Integer);
        await command.PrepareAsync();

        return await RatePerSecondAsync(duration, count =>
        {
            id.Value = count % 100_000;
            value.Value = count;
            command.ExecuteNonQuery();
            return Task.CompletedTask;
        });
    }

    /// <summary>Bare CliWrap, two processes at a time: spawns per second.</summary>
    public static async Task<double> CliWrapSpawnsAsync(int count)
    {
        var shell = Cli.Wrap("/bin/sh").WithArguments(["-c", "true"]);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (_, cancellationToken) => await shell.ExecuteAsync(cancellationToken));
        return count / clock.Elapsed.TotalSeconds;
    }

    /// <summary><c>xargs -P2</c>, the fastest spawner at hand: spawns per second.</summary>
    public static async Task<double> XargsSpawnsAsync(int count)
    {
        var clock = Stopwatch.StartNew();
        await Cli.Wrap("/bin/sh").WithArguments(["-c", $"seq {count} | xargs -P2 -I{{}} sh -c true"]).ExecuteAsync();
        return count / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> RatePerSecondAsync(TimeSpan duration, Func<int, Task> action)
    {
        for (var warm = 0; warm < 200; warm++) await action(warm);

        var clock = Stopwatch.StartNew();
        var count = 0;
        while (clock.Elapsed < duration) await action(count++);
        return count / clock.Elapsed.TotalSeconds;
    }

    private static async Task ExecuteAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
