using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Sql;

internal static class Scripts
{
    public static readonly SplitLimits Wide = new(StatementLength: int.MaxValue, Statements: int.MaxValue);

    public static SqlDialect Dialect(string name) => name switch
    {
        "hive" => SqlDialect.Hive,
        "mysql" => SqlDialect.MySql,
        "mysql-plain" => SqlDialect.MySqlWithoutBackslashEscapes,
        _ => SqlDialect.PostgreSql,
    };

    public static IReadOnlyList<SqlStatement> Split(this SqlDialect dialect, string script)
    {
        Assert.Null(ScriptSplitter.Split(script, dialect, Wide, out var statements));
        return statements;
    }

    public static string[] Texts(this SqlDialect dialect, string script) => [.. dialect.Split(script).Select(statement => statement.Text)];

    public static SqlFault Fault(this SqlDialect dialect, string script, SplitLimits? limits = null)
    {
        var fault = ScriptSplitter.Split(script, dialect, limits ?? Wide, out _);
        Assert.NotNull(fault);
        return fault;
    }
}
