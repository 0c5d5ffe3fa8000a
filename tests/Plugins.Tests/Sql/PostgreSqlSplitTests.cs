using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Sql;

public sealed class PostgreSqlSplitTests
{
    [Theory]
    [InlineData("do $$ begin a; end $$; b", "do $$ begin a; end $$", "b")]
    [InlineData("do $x$ a; $$ ; $y$ ; $x$; b", "do $x$ a; $$ ; $y$ ; $x$", "b")]
    [InlineData("do $x$ $xx$; $x$; b", "do $x$ $xx$; $x$", "b")]
    [InlineData("select $1; b", "select $1", "b")]
    [InlineData("select a$b$; c$b$", "select a$b$", "c$b$")]
    [InlineData(@"select E'it\'s;'; b", @"select E'it\'s;'", "b")]
    [InlineData(@"select e'a''\';'; b", @"select e'a''\';'", "b")]
    [InlineData(@"select 'x\'; b", @"select 'x\'", "b")]
    [InlineData(@"select name'x\'; b", @"select name'x\'", "b")]
    [InlineData("/* a /* b; */ c; */ d; e", "d", "e")]
    [InlineData("select 'a'';', \"b\"\";\"; c", "select 'a'';', \"b\"\";\"", "c")]
    [InlineData("select 1--x;\n; b", "select 1", "b")]
    [InlineData("select 1--x;\n+1; b", "select 1--x;\n+1", "b")]
    [InlineData("select a # b; c", "select a # b", "c")]
    [InlineData("delimiter //; b", "delimiter //", "b")]
    [InlineData("/*! x; */ c", "c")]
    public void Statements_end_where_PostgreSQL_ends_them(string script, params string[] texts) =>
        Assert.Equal(texts, SqlDialect.PostgreSql.Texts(script));
}
