namespace Scheduler.Plugins.Sql;

/// <summary>How much a script may hold.</summary>
/// <param name="StatementLength">Characters of one statement.</param>
/// <param name="Statements">Statements of one script.</param>
internal sealed record SplitLimits(int StatementLength = 16 * 1024 * 1024, int Statements = 10_000);
