using System.Globalization;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Sql.Targets;

namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>One statement, ready to be sent.</summary>
/// <param name="Source">As its author wrote it.</param>
/// <param name="Bound">With the placeholders of its server.</param>
/// <param name="Place">For people.</param>
internal sealed record PlannedStatement(SqlStatement Source, BoundStatement Bound, string Place);

/// <summary>Everything that can be wrong with a script is found before its first statement runs.</summary>
internal static class ScriptPlan
{
    private const int FaultsShown = 20;

    private static readonly SplitLimits s_limits = new();

    /// <param name="script">As its author wrote it.</param>
    /// <param name="job">What is wanted of it.</param>
    /// <param name="target">Its server.</param>
    /// <param name="planned">Never empty unless there is a failure.</param>
    public static NodeResult.Failed? Make(ScriptText script, ScriptJob job, SqlTarget target, out IReadOnlyList<PlannedStatement> planned)
    {
        planned = [];
        if (ScriptSplitter.Split(script.Text, target.Dialect, s_limits, out var statements) is { } badScript)
            return Failure(script, [badScript]);
        if (statements.Count == 0) return new("sql.no-statement", $"{script.Name} holds no statement", CanRetry: false);
        if (job.Substitute(statements, out statements) is { } badVariable) return Failure(script, [badVariable]);

        List<SqlFault> faults = [];
        List<PlannedStatement> ready = [.. job.First.Select(FromSettings)];
        foreach (var statement in statements)
        {
            if (job.IsTransaction && TransactionRisk.Refusal(statement, target) is { } reason)
                faults.Add(new("sql.implicit-commit", $"Not within a transaction: {reason}", statement.At));
            faults.AddRange(Bind(statement, job, target, out var bound));
            ready.Add(new(statement, bound, string.Create(CultureInfo.InvariantCulture, $"{script.Name}, line {statement.At.Line}")));
        }

        planned = ready;
        return faults.Count == 0 ? null : Failure(script, faults);
    }

    private static IReadOnlyList<SqlFault> Bind(SqlStatement statement, ScriptJob job, SqlTarget target, out BoundStatement bound)
    {
        bound = new(statement.Text, []);
        return job.BindsParameters
            ? ParameterBinder.Bind(statement, target.Dialect, target.Placeholders, job.ParameterNames, out bound)
            : [];
    }

    private static PlannedStatement FromSettings(SqlStatement statement) => new(statement, new(statement.Text, []), "from the settings");

    private static NodeResult.Failed Failure(ScriptText script, List<SqlFault> faults)
    {
        var lines = faults.Take(FaultsShown).Select(fault => $"{script.Name}, {fault.At}: {fault.Message}");
        var rest = faults.Count > FaultsShown ? $"\n… and {faults.Count - FaultsShown} more" : "";
        return new(faults[0].Code, string.Join('\n', lines) + rest, CanRetry: false);
    }
}
