using System.Collections.Frozen;

namespace Scheduler.Plugins.Sql;

/// <summary>Tells the kind of a statement from its first word, and behind <c>WITH</c> and <c>FROM</c> from the verb of the whole.</summary>
internal static class StatementKinds
{
    private static readonly FrozenDictionary<string, StatementKind>.AlternateLookup<ReadOnlySpan<char>> s_byFirstWord = Lookup(
        (StatementKind.Query, "SELECT VALUES TABLE SHOW DESCRIBE DESC EXPLAIN FETCH"),
        (StatementKind.Dml, "INSERT UPDATE DELETE MERGE REPLACE LOAD COPY IMPORT EXPORT"),
        (StatementKind.Ddl, "CREATE ALTER DROP TRUNCATE RENAME COMMENT GRANT REVOKE MSCK REFRESH"),
        (StatementKind.Set, "SET"),
        (StatementKind.Use, "USE"),
        (StatementKind.AddResource, "ADD"));

    private static readonly FrozenDictionary<string, StatementKind>.AlternateLookup<ReadOnlySpan<char>> s_byVerb = Lookup(
        (StatementKind.Query, "SELECT VALUES TABLE"),
        (StatementKind.Dml, "INSERT UPDATE DELETE MERGE"));

    public static StatementKind Of(string statement, SqlDialect dialect)
    {
        var scanner = new SqlScanner(statement, dialect);
        while (scanner.Read() is { Kind: not (SqlTokenKind.End or SqlTokenKind.Unterminated) } token)
        {
            var word = token.In(statement);
            if (token.Kind == SqlTokenKind.Word) return IsPrelude(word) ? OfVerb(scanner, statement) : s_byFirstWord.GetValueOrDefault(word);
            if (token.Kind is not (SqlTokenKind.Blank or SqlTokenKind.Comment or SqlTokenKind.Hint) && word is not "(") break;
        }

        return StatementKind.Other;
    }

    private static bool IsPrelude(ReadOnlySpan<char> word) =>
        word.Equals("WITH", StringComparison.OrdinalIgnoreCase) || word.Equals("FROM", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first verb outside of parentheses; when there is none, the query is inside of them.</summary>
    private static StatementKind OfVerb(SqlScanner scanner, string statement)
    {
        var depth = 0;
        while (scanner.Read() is { Kind: not (SqlTokenKind.End or SqlTokenKind.Unterminated) } token)
        {
            var word = token.In(statement);
            if (word is "(") depth++;
            else if (word is ")") depth--;
            else if (depth == 0 && token.Kind == SqlTokenKind.Word && s_byVerb.TryGetValue(word, out var kind)) return kind;
        }

        return StatementKind.Query;
    }

    private static StatementKind GetValueOrDefault(
        this FrozenDictionary<string, StatementKind>.AlternateLookup<ReadOnlySpan<char>> kinds, ReadOnlySpan<char> word) =>
        kinds.TryGetValue(word, out var kind) ? kind : StatementKind.Other;

    private static FrozenDictionary<string, StatementKind>.AlternateLookup<ReadOnlySpan<char>> Lookup(
        params ReadOnlySpan<(StatementKind Kind, string Words)> rows)
    {
        Dictionary<string, StatementKind> kinds = [];
        foreach (var (kind, words) in rows)
            foreach (var word in words.Split(' ')) kinds.Add(word, kind);
        return kinds.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
