namespace Scheduler.Plugins.Sql;

/// <summary>What a server and its command-line client read differently from others. Single and double quotes quote everywhere.</summary>
internal sealed record SqlDialect
{
    public static readonly SqlDialect Hive = new()
    {
        HasBackslashEscapes = true,
        HasBackticks = true,
        HasRawCommands = true,
    };

    public static readonly SqlDialect MySql = new()
    {
        HasBackslashEscapes = true,
        HasBackticks = true,
        HasHashComments = true,
        DashesNeedBlank = true,
        HasExecutableComments = true,
        HasDelimiterCommand = true,
        HasDollarInNames = true,
    };

    /// <summary>MySQL in the mode <c>NO_BACKSLASH_ESCAPES</c>.</summary>
    public static readonly SqlDialect MySqlWithoutBackslashEscapes = MySql with { HasBackslashEscapes = false };

    /// <summary>PostgreSQL with standard strings, its default, and what the SQL standard knows of it.</summary>
    public static readonly SqlDialect PostgreSql = new()
    {
        HasDollarQuotes = true,
        HasNestedComments = true,
        HasDollarInNames = true,
    };

    /// <summary>A backslash in a string keeps the next character from ending it.</summary>
    public bool HasBackslashEscapes { get; init; }

    /// <summary>Names may be quoted with backticks.</summary>
    public bool HasBackticks { get; init; }

    /// <summary><c>#</c> starts a comment.</summary>
    public bool HasHashComments { get; init; }

    /// <summary><c>--</c> starts a comment only in front of a blank, a control character or the end.</summary>
    public bool DashesNeedBlank { get; init; }

    /// <summary><c>/*! … */</c> and <c>/*M! … */</c> are run by the server, so they are part of a statement.</summary>
    public bool HasExecutableComments { get; init; }

    /// <summary>A comment within a comment has an end of its own.</summary>
    public bool HasNestedComments { get; init; }

    /// <summary><c>$tag$ … $tag$</c> and <c>E'…'</c>.</summary>
    public bool HasDollarQuotes { get; init; }

    /// <summary><c>$</c> is a letter inside of names.</summary>
    public bool HasDollarInNames { get; init; }

    /// <summary><c>DELIMITER</c> chooses what ends a statement.</summary>
    public bool HasDelimiterCommand { get; init; }

    /// <summary>
    /// <c>SET</c>, <c>ADD</c> and <c>dfs</c> take their text raw up to the end of the statement, <c>\;</c> is a semicolon that ends
    /// nothing, and <c>!command</c> and <c>source</c> would run things on the machine of the client.
    /// </summary>
    public bool HasRawCommands { get; init; }
}
