using System.Text;
using Npgsql;
using Scheduler.Contracts.Nodes;
using Scheduler.Testing;

namespace Scheduler.Silo.Tests.Storage.Logs;

public sealed class PostgreSqlLogStoreTests(PostgreSqlStorage storage) : LogStoreTests(storage), IClassFixture<PostgreSqlStorage>
{
    [Fact]
    public async Task Executions_far_apart_lie_in_different_partitions()
    {
        await WriteAsync(new AttemptId(700_000_001, 0, 1), "here");
        await WriteAsync(new AttemptId(700_100_001, 0, 1), "there");

        await using var command = Storage.Silo.PostgreSql.Source.CreateCommand("DROP TABLE log_chunk_7000");
        await command.ExecuteNonQueryAsync();

        Assert.Equal("", await ReadAllAsync(new AttemptId(700_000_001, 0, 1)));
        Assert.Equal("there", await ReadAllAsync(new AttemptId(700_100_001, 0, 1)));
    }

    [Fact]
    public async Task Killed_connections_lose_no_log()
    {
        var attempts = Enumerable.Range(0, 20).Select(_ => NewAttempt()).ToList();
        var server = await PostgreSqlServer.SharedAsync();
        var database = new NpgsqlConnectionStringBuilder(Storage.Options.ConnectionString).Database;
        var writing = attempts.Select(attempt => Task.Run(async () =>
        {
            await using var writer = await Silo.Logs.OpenWriterAsync(attempt, isFirst: false, default);
            for (var i = 0; i < 200; i++)
            {
                await writer.WriteAsync(Encoding.UTF8.GetBytes($"{attempt} line {i}\n"), default);
                if (i % 10 == 0) await writer.FlushAsync(default);
            }
        })).ToList();

        for (var kills = 0; kills < 20 && !Task.WhenAll(writing).IsCompleted; kills++)
            await server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");

        await Task.WhenAll(writing);
        foreach (var attempt in attempts)
            Assert.Equal(string.Concat(Enumerable.Range(0, 200).Select(i => $"{attempt} line {i}\n")), await ReadAllAsync(attempt));
    }
}
