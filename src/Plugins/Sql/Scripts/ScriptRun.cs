using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql.Targets;

namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>
/// Runs a script in one session, statement by statement, up to the first that fails. It returns when the server works on nothing of it
/// any more.
/// </summary>
internal sealed class ScriptRun(NodeContext context, SqlTarget target, ScriptJob job, ScriptText script)
{
    /// <summary>Characters of a statement in the log.</summary>
    private const int ShownText = 200;

    /// <summary>How long a lost session is looked for.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(30);

    private IReadOnlyList<PlannedStatement> _statements = [];
    private ResultPreview? _last;

    public async Task<NodeResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = target.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            await target.LearnAsync(connection, cancellationToken);
        }
        catch (Exception error) when (IsOfServer(error))
        {
            var reason = target.Judge(error);
            return new NodeResult.Failed("sql.cannot-connect", $"Cannot connect: {reason.Code}: {error.Message}", reason.CanRetry);
        }

        if (ScriptPlan.Make(script, job, target, out _statements) is { } badScript) return badScript;

        try
        {
            var failure = job.IsTransaction
                ? await RunTogetherAsync(connection, cancellationToken)
                : await RunAllAsync(connection, transaction: null, cancellationToken);
            return failure ?? await SucceedAsync();
        }
        catch (Exception error) when (IsOfServer(error))
        {
            return new NodeResult.Failed("sql.connection-lost", $"{error.Message}{await AfterLossAsync(connection)}");
        }
    }

    private async Task<NodeResult.Failed?> RunTogetherAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var statement in _statements)
            if (TransactionRisk.Doubt(statement.Source, target) is { } doubt)
                await LogAsync(LogLevel.Warn, $"{statement.Place}: {doubt}; then it could not be rolled back");

        // Whatever is not committed when it is disposed is rolled back.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var failure = await RunAllAsync(connection, transaction, cancellationToken);
        if (failure is not null)
        {
            await LogAsync(LogLevel.Info, "Rolling back");
            return failure;
        }

        try
        {
            await transaction.CommitAsync(CancellationToken.None);
            return null;
        }
        catch (Exception error) when (IsOfServer(error))
        {
            var reason = target.Judge(error);
            var loss = await AfterLossAsync(connection);
            return new("sql.commit-failed", $"The commit failed with {reason.Code}: {error.Message}{loss}", reason.CanRetry);
        }
    }

    private async Task<NodeResult.Failed?> RunAllAsync(
        DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        for (var index = 0; index < _statements.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await RunAsync(index, connection, transaction, cancellationToken) is { } failure) return failure;
        }

        return null;
    }

    private async Task<NodeResult.Failed?> RunAsync(
        int index, DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        var statement = _statements[index];
        var name = string.Create(CultureInfo.InvariantCulture, $"Statement {index + 1} of {_statements.Count}");
        await LogAsync(LogLevel.Info, $"{name} ({statement.Place}): {PreviewText.Cut(statement.Source.Text, ShownText)}");
        var began = context.Clock.GetTimestamp();

        void Report(long? rows) => context.Report(new(rows, Percent: 100.0 * index / _statements.Count, Text: name));
        Report(null);

        using var limit = job.StatementTimeout is { } time ? new CancellationTokenSource(time, context.Clock) : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await using var command = CreateCommand(statement, connection, transaction);
        try
        {
            var (result, changed) = await Stoppable.RunAsync(
                () => ExecuteAsync(command, rows => Report(rows)), times => target.AskToStopAsync(command, times), context.Clock, stop.Token);
            _last = result ?? _last;
            await LogAsync(LogLevel.Info, $"{name}: {Describe(result, changed)} in {context.Clock.GetElapsedTime(began).TotalSeconds:0.000} s");
            return null;
        }
        catch (Exception error) when (IsOfServer(error) || (error is OperationCanceledException && stop.IsCancellationRequested))
        {
            var loss = await AfterLossAsync(connection);
            cancellationToken.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested)
            {
                var seconds = job.StatementTimeout!.Value.TotalSeconds;
                return new("sql.statement-timeout", $"{name} ({statement.Place}) was stopped: it took longer than {seconds} s{loss}");
            }

            var reason = target.Judge(error);
            var message = $"{name} ({statement.Place}) failed with {reason.Code}: {error.Message}{loss}";
            return new("sql.statement-failed", message, reason.CanRetry);
        }
    }

    private DbCommand CreateCommand(PlannedStatement statement, DbConnection connection, DbTransaction? transaction)
    {
        var (text, names) = statement.Bound;
        var values = names.Select(name => (name, context.Reveal(job.Parameters[name]))).ToList();
        var command = target.CreateCommand(connection, script.IsInline ? context.Reveal(text) : text, values);
        command.Transaction = transaction;
        return command;
    }

    /// <returns>The last result with rows, null when there was none, and the changed rows, below 0 when nobody counted.</returns>
    private async Task<(ResultPreview? Result, int Changed)> ExecuteAsync(DbCommand command, Action<long> report)
    {
        await using var reader = await target.ExecuteAsync(command);
        ResultPreview? last = null;
        do
        {
            if (reader.FieldCount > 0) last = await ResultPreview.ReadAsync(reader, target.TextOf, job.Preview, report);
        }
        while (await reader.NextResultAsync());

        return (last, reader.RecordsAffected);
    }

    /// <summary>Looks after a session whose connection broke: what it was at must not run beside the next attempt.</summary>
    /// <returns>Words for the message; empty when the connection holds.</returns>
    private async Task<string> AfterLossAsync(DbConnection connection)
    {
        if (connection.State == ConnectionState.Open) return "";

        using var patience = new CancellationTokenSource(EndPatience, context.Clock);
        try
        {
            if (await target.EndSessionAsync(patience.Token)) return ". The connection was lost, and its session on the server was ended";
        }
        catch (Exception error) when (IsOfServer(error) || error is OperationCanceledException)
        {
            // Said below.
        }

        return ". The connection was lost; the server may still be at it";
    }

    private async Task<NodeResult> SucceedAsync()
    {
        if (_last is null) return NodeResult.Succeeded.WithoutOutputs;

        if (job.Preview.Rows > 0)
        {
            var columns = Math.Min(job.Preview.Columns, _last.Columns.Count);
            await LogAsync(LogLevel.Info, $"Result: {_last.Rows.Count} of {_last.Count} rows, {columns} of {_last.Columns.Count} columns");
            foreach (var line in PreviewText.Lines(_last, job.Preview)) await LogAsync(LogLevel.Info, line);
        }

        var outputs = _last.ToOutputs(out var omitted);
        if (omitted.Count > 0) await LogAsync(LogLevel.Warn, $"Too long for output properties: {string.Join(", ", omitted)}");
        return new NodeResult.Succeeded(outputs);
    }

    private static string Describe(ResultPreview? result, int changed) => (result, changed) switch
    {
        ({ } rows, _) => string.Create(CultureInfo.InvariantCulture, $"{rows.Count} rows"),
        (_, >= 0) => string.Create(CultureInfo.InvariantCulture, $"{changed} rows affected"),
        _ => "done",
    };

    private static bool IsOfServer(Exception error) =>
        error is DbException or IOException or SocketException or TimeoutException or AuthenticationException;

    private ValueTask LogAsync(LogLevel level, string message) => context.Log.WriteLineAsync(level, message);
}
