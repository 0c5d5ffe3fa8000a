namespace Scheduler.Plugins.Sql;

/// <summary>One statement of a script.</summary>
/// <param name="Text">As written, comments inside included, without its delimiter and what is blank around it. Never empty.</param>
/// <param name="At">Of its first character.</param>
/// <param name="Kind">By its first words.</param>
internal sealed record SqlStatement(string Text, ScriptPlace At, StatementKind Kind);

internal enum StatementKind
{
    /// <summary>What cannot be told from the first words, such as a procedure call.</summary>
    Other,
    /// <summary>Returns rows.</summary>
    Query,
    /// <summary>Changes rows; with a <c>RETURNING</c> clause it returns rows, too.</summary>
    Dml,
    /// <summary>Changes tables, other objects or rights.</summary>
    Ddl,
    Set,
    Use,
    /// <summary><c>ADD JAR</c>, <c>ADD FILE</c> or <c>ADD ARCHIVE</c> of Hive.</summary>
    AddResource,
}
