namespace Scheduler.Plugins.Sql;

/// <summary>A piece of a script, from <paramref name="Start"/> up to and without <paramref name="End"/>.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, int End)
{
    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);
}

internal enum SqlTokenKind
{
    /// <summary>Nothing is left.</summary>
    End,
    Blank,
    /// <summary>A comment that no server needs.</summary>
    Comment,
    /// <summary>A comment that a server obeys: <c>/*+ … */</c>, and <c>/*! … */</c> in MySQL.</summary>
    Hint,
    /// <summary>A string or a quoted name, with its quotes.</summary>
    Quoted,
    /// <summary>A name, a keyword or a number.</summary>
    Word,
    /// <summary>One character that is none of the others.</summary>
    Symbol,
    /// <summary>The text of a raw command.</summary>
    Raw,
    /// <summary>What ends a statement.</summary>
    Delimiter,
    /// <summary><c>\;</c>, a semicolon that ends nothing.</summary>
    EscapedDelimiter,
    /// <summary>A quote or comment whose end is missing; reaches to the end of the script.</summary>
    Unterminated,
}
