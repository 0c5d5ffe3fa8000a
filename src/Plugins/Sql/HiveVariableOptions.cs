namespace Scheduler.Plugins.Sql;

/// <summary>How far variables of Hive may go.</summary>
internal sealed record HiveVariableOptions
{
    /// <summary>Rounds of substitution; Hive's own default (<c>hive.variable.substitute.depth</c>).</summary>
    public int Depth { get; init; } = 40;

    /// <summary>Characters of a statement after substitution.</summary>
    public int Length { get; init; } = 16 * 1024 * 1024;

    /// <summary>True: a reference to nothing is a fault. False: it stays as written, as in Hive.</summary>
    public bool ReportsUndefined { get; init; }
}
