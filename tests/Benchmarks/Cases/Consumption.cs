using System.Diagnostics;
using System.Globalization;
using Dapper;
using Scheduler.Benchmarks.Engine;

namespace Scheduler.Benchmarks.Cases;

/// <summary>Counters since the start of the server and of this process.</summary>
/// <param name="Statements">Statements the server has executed.</param>
/// <param name="Transactions">Transactions that have written.</param>
/// <param name="Rows">Journal rows there are.</param>
/// <param name="PayloadBytes">Bytes of events in them.</param>
/// <param name="WalBytes">Bytes of write-ahead log.</param>
/// <param name="OwnCpu">Of this process.</param>
/// <param name="ChildrenCpu">Of processes it has started, once they have ended.</param>
/// <param name="ServerCpu">Of the server's processes.</param>
internal sealed record Consumption(
    long Statements, long Transactions, long Rows, long PayloadBytes, long WalBytes, TimeSpan OwnCpu, TimeSpan ChildrenCpu, TimeSpan ServerCpu)
{
    /// <summary>Of the kernel, in <c>/proc</c>.</summary>
    private const double TicksPerSecond = 100;

    private const string Query = """
        SELECT (SELECT sum(calls) FROM pg_stat_statements)::bigint,
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
            (SELECT count(*) FROM execution_event),
            (SELECT coalesce(sum(octet_length(payload)), 0) FROM execution_event)::bigint,
            (pg_current_wal_lsn() - '0/0')::bigint
        """;

    public static Task<Consumption> ReadAsync(EngineHost host) => host.QueryAsync(async connection =>
    {
        var server = (await connection.QueryAsync<int>("SELECT pid FROM pg_stat_activity")).Sum(pid => Ticks(pid, 13, 14));
        var (statements, transactions, rows, payload, wal) = await connection.QuerySingleAsync<(long, long, long, long, long)>(Query);
        return new Consumption(
            statements, transactions, rows, payload, wal, Process.GetCurrentProcess().TotalProcessorTime,
            Seconds(Ticks(Environment.ProcessId, 15, 16)), Seconds(server));
    });

    public static Consumption operator -(Consumption left, Consumption right) => new(
        left.Statements - right.Statements, left.Transactions - right.Transactions, left.Rows - right.Rows,
        left.PayloadBytes - right.PayloadBytes, left.WalBytes - right.WalBytes, left.OwnCpu - right.OwnCpu,
        left.ChildrenCpu - right.ChildrenCpu, left.ServerCpu - right.ServerCpu);

    private static TimeSpan Seconds(long ticks) => TimeSpan.FromSeconds(ticks / TicksPerSecond);

    /// <summary>The sum of two fields of <c>/proc/N/stat</c>, counted from 0; the name in front of them may hold blanks.</summary>
    private static long Ticks(int process, int first, int second)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[first - 2], CultureInfo.InvariantCulture) + long.Parse(fields[second - 2], CultureInfo.InvariantCulture);
    }
}
