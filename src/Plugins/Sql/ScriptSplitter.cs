using System.Text;

namespace Scheduler.Plugins.Sql;

/// <summary>Cuts a script into its statements as the client of its server would, in one pass.</summary>
internal sealed class ScriptSplitter
{
    private const int NoStatement = -1;
    private const int LongestDelimiter = 16;

    private readonly string _script;
    private readonly SqlDialect _dialect;
    private readonly SplitLimits _limits;
    private readonly SqlScanner _scanner;
    private readonly List<SqlStatement> _statements = [];

    /// <summary>Backslashes of the statement that are no part of its text.</summary>
    private readonly List<int> _dropped = [];

    private int _start = NoStatement;
    private int _end;
    private int _placed;
    private ScriptPlace _place = ScriptPlace.Start;

    private ScriptSplitter(string script, SqlDialect dialect, SplitLimits limits)
    {
        (_script, _dialect, _limits) = (script, dialect, limits);
        _scanner = new SqlScanner(script, dialect);
        _placed = script.StartsWith('\uFEFF') ? 1 : 0;
    }

    /// <param name="script">Of any origin; whatever is wrong with it is a fault.</param>
    /// <param name="dialect">Of the server.</param>
    /// <param name="limits">Of the caller.</param>
    /// <param name="statements">In order, empty ones left out. Those in front of the fault when there is one.</param>
    public static SqlFault? Split(string script, SqlDialect dialect, SplitLimits limits, out IReadOnlyList<SqlStatement> statements)
    {
        var splitter = new ScriptSplitter(script, dialect, limits);
        statements = splitter._statements;
        return splitter.Run();
    }

    private SqlFault? Run()
    {
        while (true)
        {
            var token = _scanner.Read();
            var fault = token.Kind switch
            {
                SqlTokenKind.Blank or SqlTokenKind.Comment => null,
                SqlTokenKind.Delimiter or SqlTokenKind.End => Finish(),
                SqlTokenKind.Unterminated => Unterminated(token),
                _ => _start == NoStatement ? Begin(token) : Extend(token),
            };
            if (fault is not null || token.Kind == SqlTokenKind.End) return fault;
        }
    }

    private SqlFault? Begin(SqlToken token)
    {
        var word = token.In(_script);
        if (_dialect.HasDelimiterCommand && Is(word, "DELIMITER")) return ChangeDelimiter(token);
        if (_dialect.HasRawCommands && (word is "!" || Is(word, "SOURCE")))
            return Fault("sql.client-command", $"'{word}' is a command of the Hive command line; a script may hold statements only", token.Start);

        _scanner.IsRaw = _dialect.HasRawCommands && (Is(word, "SET") || Is(word, "ADD") || Is(word, "DFS"));
        _start = token.Start;
        MoveTo(_start);
        return Extend(token);
    }

    private SqlFault? Extend(SqlToken token)
    {
        if (token.Kind == SqlTokenKind.EscapedDelimiter) _dropped.Add(token.Start);
        _end = token.End;
        return null;
    }

    private SqlFault? ChangeDelimiter(SqlToken token)
    {
        var line = _scanner.ReadLine().Trim();
        var delimiter = line.IndexOfAny(' ', '\t') is >= 0 and var blank ? line[..blank] : line;
        if (delimiter.IsEmpty || delimiter.Length > LongestDelimiter || delimiter.Contains('\\'))
            return Fault("sql.bad-delimiter", $"DELIMITER needs 1 to {LongestDelimiter} characters without a backslash", token.Start);

        _scanner.Delimiter = delimiter.ToString();
        return null;
    }

    private SqlFault? Finish()
    {
        _scanner.IsRaw = false;
        if (_start == NoStatement) return null;

        var length = _script.AsSpan(_start, _end - _start).TrimEnd(" \t\r\n\f\v").Length;
        if (length > _limits.StatementLength)
            return new("sql.statement-too-long", $"A statement has {length} characters; at most {_limits.StatementLength} are allowed", _place);
        if (_statements.Count == _limits.Statements)
            return new("sql.too-many-statements", $"The script has more than {_limits.Statements} statements", _place);
        if (UnsendableCharacter.In(_script.AsSpan(_start, length)) is >= 0 and var offset)
            return Fault("sql.bad-character", $"The character U+{(int)_script[_start + offset]:X4} cannot be sent to a server", _start + offset);

        var text = Text(length);
        _statements.Add(new(text, _place, StatementKinds.Of(text, _dialect)));
        _start = NoStatement;
        _dropped.Clear();
        return null;
    }

    private string Text(int length)
    {
        if (_dropped.Count == 0) return _script.Substring(_start, length);

        var text = new StringBuilder(length);
        var from = _start;
        foreach (var backslash in _dropped)
        {
            text.Append(_script, from, backslash - from);
            from = backslash + 1;
        }

        return text.Append(_script, from, _start + length - from).ToString();
    }

    private SqlFault Unterminated(SqlToken token)
    {
        var what = _script[token.Start] switch
        {
            '/' => "comment",
            '$' => "dollar quote",
            '`' => "backtick",
            '"' => "double quote",
            _ => "single quote",
        };
        return Fault("sql.unterminated", $"The {what} is never closed", token.Start);
    }

    private SqlFault Fault(string code, string message, int position)
    {
        MoveTo(position);
        return new(code, message, _place);
    }

    /// <summary>Positions only grow, so that lines are counted once.</summary>
    private void MoveTo(int position)
    {
        if (position <= _placed) return;
        _place = _place.After(_script.AsSpan(_placed, position - _placed));
        _placed = position;
    }

    private static bool Is(ReadOnlySpan<char> word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);
}
