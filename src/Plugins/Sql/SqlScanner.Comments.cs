namespace Scheduler.Plugins.Sql;

internal sealed partial class SqlScanner
{
    private bool IsLineComment(char here) =>
        (here == '#' && dialect.HasHashComments)
        || (here == '-' && Peek(1) == '-' && (!dialect.DashesNeedBlank || Peek(2) == ' ' || char.IsControl(Peek(2))));

    private SqlTokenKind LineComment()
    {
        SkipLine();
        return SqlTokenKind.Comment;
    }

    private void SkipLine() => _at = text.AsSpan(_at).IndexOfAny('\r', '\n') is >= 0 and var length ? _at + length : text.Length;

    private SqlTokenKind BlockComment()
    {
        if (dialect.HasExecutableComments && (Peek(2) == '!' || (Peek(2) == 'M' && Peek(3) == '!'))) return ExecutableComment();

        var kind = Peek(2) == '+' ? SqlTokenKind.Hint : SqlTokenKind.Comment;
        var depth = 1;
        for (_at += 2; depth > 0;)
        {
            var offset = text.AsSpan(_at).IndexOfAny('*', '/');
            if (offset < 0) return Unterminated();

            _at += offset;
            if (text[_at] == '*' && Peek(1) == '/') (depth, _at) = (depth - 1, _at + 2);
            else if (text[_at] == '/' && Peek(1) == '*' && dialect.HasNestedComments) (depth, _at) = (depth + 1, _at + 2);
            else _at++;
        }

        return kind;
    }

    /// <summary>The server reads what is inside, so a string in it may hold the end of a comment.</summary>
    private SqlTokenKind ExecutableComment()
    {
        for (_at += 3; ;)
        {
            var offset = text.AsSpan(_at).IndexOfAny("*'\"`");
            if (offset < 0) return Unterminated();

            _at += offset;
            var here = text[_at];
            if (here == '*' && Peek(1) == '/') return Take(2, SqlTokenKind.Hint);
            if (here == '*') _at++;
            else if (Quoted(here, dialect.HasBackslashEscapes && here != '`') == SqlTokenKind.Unterminated) return SqlTokenKind.Unterminated;
        }
    }
}
