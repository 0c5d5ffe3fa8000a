using System.Collections.Frozen;
using Scheduler.Plugins.Sql.Targets;

namespace Scheduler.Plugins.Sql.Scripts;

/// <summary>Statements that end a transaction before its script does, told by their first words.</summary>
internal static class TransactionRisk
{
    private const int WordsRead = 4;

    private static readonly FrozenSet<string> s_control = Words("BEGIN START COMMIT ROLLBACK END ABORT XA");

    /// <summary>Of MySQL, besides those that change tables or rights.</summary>
    private static readonly FrozenSet<string> s_committing = Words("LOCK UNLOCK FLUSH ANALYZE OPTIMIZE REPAIR CHECK CACHE RESET INSTALL UNINSTALL");

    /// <returns>Why the statement is refused inside of a transaction; null when it is not.</returns>
    public static string? Refusal(SqlStatement statement, SqlTarget target)
    {
        var words = FirstWords(statement.Text, target.Dialect);
        if (words is []) return null;
        if (s_control.Contains(words[0]) && !words.Contains("TO")) return $"{words[0]} would begin or end a transaction of its own";
        if (target.Ddl != DdlEffect.Commits) return null;

        var commits = (statement.Kind == StatementKind.Ddl && !words.Contains("TEMPORARY"))
            || s_committing.Contains(words[0])
            || words is ["SET", "AUTOCOMMIT" or "PASSWORD", ..];
        return commits ? $"{string.Join(' ', words.Take(2))} commits on this server, and could not be rolled back" : null;
    }

    /// <returns>What might end the transaction, but cannot be told from here; null when nothing might.</returns>
    public static string? Doubt(SqlStatement statement, SqlTarget target) => target.Ddl switch
    {
        DdlEffect.Commits when FirstWords(statement.Text, target.Dialect) is ["CALL" or "EXECUTE", ..] => "what it calls may commit",
        DdlEffect.Unknown when statement.Kind == StatementKind.Ddl => "it may commit by itself on this server",
        _ => null,
    };

    private static List<string> FirstWords(string text, SqlDialect dialect)
    {
        List<string> words = [];
        var scanner = new SqlScanner(text, dialect);
        while (words.Count < WordsRead && scanner.Read() is { Kind: not (SqlTokenKind.End or SqlTokenKind.Unterminated) } token)
            if (token.Kind == SqlTokenKind.Word) words.Add(token.In(text).ToString().ToUpperInvariant());
        return words;
    }

    private static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet();
}
