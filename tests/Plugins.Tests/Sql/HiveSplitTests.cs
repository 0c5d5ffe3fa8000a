using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Sql;

public sealed class HiveSplitTests
{
    [Theory]
    [InlineData("a;b", "a", "b")]
    [InlineData("a;;\n ; b ;\n", "a", "b")]
    [InlineData("select ';' ; b", "select ';'", "b")]
    [InlineData("select \"x;y\"; b", "select \"x;y\"", "b")]
    [InlineData(@"select 'it\'s;'; b", @"select 'it\'s;'", "b")]
    [InlineData(@"select 'x\\'; b", @"select 'x\\'", "b")]
    [InlineData("select `a;b`, `c``;` from t; b", "select `a;b`, `c``;` from t", "b")]
    [InlineData(@"select `a\`; b", @"select `a\`", "b")]
    [InlineData("-- one; two's\na;b", "a", "b")]
    [InlineData("a -- not the end; of it\n x; b", "a -- not the end; of it\n x", "b")]
    [InlineData("/* one; 'two */a/* ; */x;b /* last */", "a/* ; */x", "b")]
    [InlineData("/* /* */ a; b", "a", "b")]
    [InlineData("select /*+ MAPJOIN(b;c) */ 1; b", "select /*+ MAPJOIN(b;c) */ 1", "b")]
    [InlineData(@"select split(x, \;); b", "select split(x, ;)", "b")]
    [InlineData(@"select '\;', \;; b", @"select '\;', ;", "b")]
    [InlineData("with q as (select 1) insert into t select * from q; b", "with q as (select 1) insert into t select * from q", "b")]
    [InlineData("from t insert into a select x insert into b select y; c", "from t insert into a select x insert into b select y", "c")]
    [InlineData("a\r\n;\r\nb\r\n", "a", "b")]
    [InlineData("\uFEFFa;b", "a", "b")]
    [InlineData("# a;b", "# a", "b")]
    [InlineData("")]
    [InlineData(" ;;\n-- nothing\n;/* at all */")]
    public void Statements_end_where_the_client_of_Hive_ends_them(string script, params string[] texts) =>
        Assert.Equal(texts, SqlDialect.Hive.Texts(script));

    [Theory]
    [InlineData("set a=b c -- d /* e ; b", "set a=b c -- d /* e", "b")]
    [InlineData("set a=it's ; b", "set a=it's", "b")]
    [InlineData("set a='x;y';b", "set a='x;y'", "b")]
    [InlineData("set a=it's\n; select 'x'", "set a=it's", "select 'x'")]
    [InlineData(@"set a=x\;y; b", "set a=x;y", "b")]
    [InlineData("SET;b", "SET", "b")]
    [InlineData("add jar hdfs://host/my lib/*.jar; b", "add jar hdfs://host/my lib/*.jar", "b")]
    [InlineData("dfs -rm /tmp/*; b", "dfs -rm /tmp/*", "b")]
    [InlineData("settings /* ; */ x; b", "settings /* ; */ x", "b")]
    public void The_text_of_a_raw_command_is_taken_as_it_is(string script, params string[] texts) =>
        Assert.Equal(texts, SqlDialect.Hive.Texts(script));

    [Theory]
    [InlineData("a;\n !ls -l; b", 2, 2)]
    [InlineData("source /tmp/x.hql;", 1, 1)]
    [InlineData("-- why\r\n  SOURCE x", 2, 3)]
    public void Commands_of_the_command_line_are_refused(string script, int line, int column)
    {
        var fault = SqlDialect.Hive.Fault(script);

        Assert.Equal(("sql.client-command", new ScriptPlace(line, column)), (fault.Code, fault.At));
        Assert.Contains("Hive command line", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_statement_knows_where_it_starts()
    {
        var places = SqlDialect.Hive.Split("\uFEFFa;  b;\r\n\r\n-- c\n  d '\n'; e\rf;\rg").Select(statement => statement.At);

        Assert.Equal([new(1, 1), new(1, 5), new(4, 3), new(5, 4), new(7, 1)], places);
    }
}
