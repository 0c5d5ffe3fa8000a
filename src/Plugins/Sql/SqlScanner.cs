namespace Scheduler.Plugins.Sql;

/// <summary>
/// Cuts a script into tokens that cover it without gap or overlap. The position only grows, and looking ahead never goes
/// past what the same or the next token takes, so the work is linear in the length of the text whatever it holds.
/// </summary>
internal sealed partial class SqlScanner(string text, SqlDialect dialect)
{
    private const char ByteOrderMark = '\uFEFF';

    private int _at;

    /// <summary>What ends a statement; never empty.</summary>
    public string Delimiter { get; set; } = ";";

    /// <summary>While true, only a delimiter has a meaning.</summary>
    public bool IsRaw { get; set; }

    public SqlToken Read()
    {
        var start = _at;
        var kind = start == text.Length ? SqlTokenKind.End : Scan();
        return new(kind, start, _at);
    }

    /// <returns>The rest of the line, which is skipped, without its end.</returns>
    public ReadOnlySpan<char> ReadLine()
    {
        var start = _at;
        SkipLine();
        return text.AsSpan(start, _at - start);
    }

    private SqlTokenKind Scan()
    {
        var here = text[_at];
        if (IsDelimiter(_at)) return Take(Delimiter.Length, SqlTokenKind.Delimiter);
        if (IsEscapedDelimiter()) return Take(2, SqlTokenKind.EscapedDelimiter);
        if (IsRaw) return Raw();
        if (IsBlank(here) || (here == ByteOrderMark && _at == 0)) return Blanks();
        if (here is '\'' or '"') return Quoted(here, dialect.HasBackslashEscapes);
        if (here == '`' && dialect.HasBackticks) return Quoted(here, hasEscapes: false);
        if (IsLineComment(here)) return LineComment();
        if (here == '/' && Peek(1) == '*') return BlockComment();
        if (here == '$' && dialect.HasDollarQuotes && DollarTag() is > 0 and var length) return DollarQuoted(length);
        return IsInWord(here) && (here != '$' || !dialect.HasDollarQuotes) ? Word() : Take(1, SqlTokenKind.Symbol);
    }

    private SqlTokenKind Take(int length, SqlTokenKind kind)
    {
        _at += length;
        return kind;
    }

    private SqlTokenKind Blanks()
    {
        do _at++; while (_at < text.Length && IsBlank(text[_at]));
        return SqlTokenKind.Blank;
    }

    private SqlTokenKind Word()
    {
        var start = _at;
        do _at++; while (_at < text.Length && IsInWord(text[_at]) && (IsInName(Delimiter[0]) || !IsDelimiter(_at)));

        var isEscapeString = dialect.HasDollarQuotes && _at - start == 1 && text[start] is 'e' or 'E' && Peek(0) == '\'';
        return isEscapeString ? Quoted('\'', hasEscapes: true) : SqlTokenKind.Word;
    }

    /// <summary>A quote protects a semicolon if it is closed on its line; otherwise it is an apostrophe.</summary>
    private SqlTokenKind Raw()
    {
        while (_at < text.Length && !IsDelimiter(_at) && !IsEscapedDelimiter())
        {
            if (text[_at] == '\\' && Peek(1) is '\'' or '"') _at += 2;
            else if (text[_at] is '\'' or '"') SkipQuotedOnLine(text[_at]);
            else _at++;
        }

        return SqlTokenKind.Raw;
    }

    private void SkipQuotedOnLine(char quote)
    {
        for (var end = _at + 1; end < text.Length && text[end] is not ('\r' or '\n'); end++)
        {
            if (text[end] == '\\' && end + 1 < text.Length && text[end + 1] is '\\' or '\'' or '"') end++;
            else if (text[end] == quote)
            {
                _at = end + 1;
                return;
            }
        }

        _at++;
    }

    /// <summary>A delimiter made of letters does not end in the middle of a word.</summary>
    private bool IsDelimiter(int at) =>
        text[at] == Delimiter[0]
        && string.CompareOrdinal(text, at, Delimiter, 0, Delimiter.Length) == 0
        && !(IsInName(Delimiter[^1]) && at + Delimiter.Length < text.Length && IsInName(text[at + Delimiter.Length]));

    private bool IsEscapedDelimiter() => dialect.HasRawCommands && text[_at] == '\\' && Peek(1) == ';';

    private bool IsInWord(char character) => IsInName(character) || (character == '$' && dialect.HasDollarInNames);

    private static bool IsInName(char character) =>
        char.IsAsciiLetterOrDigit(character) || character == '_' || (character >= '\u0080' && character != ByteOrderMark);

    /// <summary>Servers take no other characters as blanks.</summary>
    private static bool IsBlank(char character) => character is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';

    /// <summary>A zero character stands for the end, too.</summary>
    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';
}
