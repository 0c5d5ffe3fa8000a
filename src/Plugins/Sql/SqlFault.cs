namespace Scheduler.Plugins.Sql;

/// <summary>What is wrong with a script, and where.</summary>
/// <param name="Code">Such as <c>sql.unterminated</c>; never changes.</param>
/// <param name="Message">For the author, without the place.</param>
/// <param name="At">Of the first character that is wrong.</param>
internal sealed record SqlFault(string Code, string Message, ScriptPlace At);
