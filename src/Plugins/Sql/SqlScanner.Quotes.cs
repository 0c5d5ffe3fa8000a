namespace Scheduler.Plugins.Sql;

internal sealed partial class SqlScanner
{
    private SqlTokenKind Unterminated()
    {
        _at = text.Length;
        return SqlTokenKind.Unterminated;
    }

    /// <summary>From an opening quote to behind the closing one. A doubled quote stands for itself.</summary>
    private SqlTokenKind Quoted(char quote, bool hasEscapes)
    {
        for (_at++; ;)
        {
            var rest = text.AsSpan(_at);
            var offset = hasEscapes ? rest.IndexOfAny(quote, '\\') : rest.IndexOf(quote);
            if (offset < 0) return Unterminated();

            _at += offset;
            if (text[_at] == '\\') _at = Math.Min(_at + 2, text.Length);
            else if (Peek(1) == quote) _at += 2;
            else return Take(1, SqlTokenKind.Quoted);
        }
    }

    /// <returns>Characters of the opening <c>$tag$</c>; 0 when there is none.</returns>
    private int DollarTag()
    {
        var end = _at + 1;
        while (end < text.Length && IsInName(text[end])) end++;
        return end < text.Length && text[end] == '$' && !char.IsAsciiDigit(text[_at + 1]) ? end + 1 - _at : 0;
    }

    /// <summary>A tag holds no dollar inside, so a comparison that fails has not gone past the next place to try.</summary>
    private SqlTokenKind DollarQuoted(int tagLength)
    {
        var tag = text.AsSpan(_at, tagLength);
        for (_at += tagLength; ; _at++)
        {
            var offset = text.AsSpan(_at).IndexOf('$');
            if (offset < 0) return Unterminated();

            _at += offset;
            if (text.AsSpan(_at).StartsWith(tag)) return Take(tagLength, SqlTokenKind.Quoted);
        }
    }
}
