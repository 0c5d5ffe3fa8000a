using Scheduler.Contracts.Plugins;

namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>What a node wants of its script, whatever its type.</summary>
internal sealed record ScriptJob
{
    public required PreviewLimits Preview { get; init; }

    /// <summary>Values by name, with references to secrets in them.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Null for no limit.</summary>
    public TimeSpan? StatementTimeout { get; init; }

    public bool IsTransaction { get; init; }

    /// <summary>Without it a colon is left to the server.</summary>
    public bool BindsParameters { get; init; } = true;

    /// <summary>What runs on the session before the script.</summary>
    public IReadOnlyList<SqlStatement> First { get; init; } = [];

    /// <summary>The variables of Hive; null where there are none.</summary>
    public HiveVariables? Variables { get; init; }

    public IReadOnlyCollection<string> ParameterNames => [.. Parameters.Keys];

    public static ScriptJob Of(ScriptSettings settings) => new()
    {
        Preview = settings.Preview,
        Parameters = settings.Param,
        StatementTimeout = settings.StatementTimeout,
        IsTransaction = settings is TransactionalSettings { Transaction: true },
    };

    public SqlFault? Substitute(IReadOnlyList<SqlStatement> statements, out IReadOnlyList<SqlStatement> substituted)
    {
        substituted = statements;
        return Variables?.Apply(statements, out substituted);
    }

    /// <summary>The data source of a setting, when it is of one of the kinds.</summary>
    /// <returns>The source, or why there is none.</returns>
    public static (DataSource? Source, NodeResult.Failed? Failure) Find(string name, NodeContext context, params IReadOnlyList<string> kinds)
    {
        if (context.FindDataSource(name) is not { } source)
            return (null, Failure("datasource.unknown", $"There is no data source '{name}' for this project"));
        if (kinds.Contains(source.Kind)) return (source, null);

        var needed = string.Join(" or ", kinds);
        return (null, Failure("datasource.wrong-kind", $"The data source '{name}' is of the kind {source.Kind}; needed is {needed}"));
    }

    /// <summary>The script of a setting or the file of another one.</summary>
    /// <returns>The script, or why there is none.</returns>
    public static async Task<(ScriptText? Script, NodeResult.Failed? Failure)> ReadAsync(
        string? inline, string? file, NodeContext context, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(inline)) inline = null;
        if (string.IsNullOrWhiteSpace(file)) file = null;
        return (inline, file) switch
        {
            (not null, not null) => (null, Failure("sql.several-scripts", "script and script.file contradict each other; set only one of them")),
            (not null, null) => (new(inline, "script", IsInline: true), null),
            (null, not null) => await ScriptText.ReadFileAsync(file.Trim(), context, cancellationToken),
            _ => (null, Failure("sql.no-script", "Set script or script.file")),
        };
    }

    private static NodeResult.Failed Failure(string code, string message) => new(code, message, CanRetry: false);
}
