using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Sql;

public sealed class StatementKindTests
{
    [Theory]
    [InlineData("Query", "select 1")]
    [InlineData("Query", "((SELECT 1) union (select 2))")]
    [InlineData("Query", "show tables")]
    [InlineData("Query", "explain insert into t select 1")]
    [InlineData("Query", "with a as (insert into t values (1) returning *) select * from a")]
    [InlineData("Query", "with a as (select 1) (select * from a)")]
    [InlineData("Query", "from (select 1 insert) a select *")]
    [InlineData("Query", "/*+ x */ select 1")]
    [InlineData("Dml", "with a as (select 1), `insert` as (select 2) insert into t select * from a")]
    [InlineData("Dml", "from t insert overwrite table a select 1 insert into b select 2")]
    [InlineData("Dml", "load data inpath 'x' into table t")]
    [InlineData("Dml", "UPDATE t set a = 1")]
    [InlineData("Ddl", "create table t as select 1")]
    [InlineData("Ddl", "truncate table t")]
    [InlineData("Set", "set a=b")]
    [InlineData("Use", "USE db")]
    [InlineData("AddResource", "add file /a b.txt")]
    [InlineData("Other", "call p()")]
    [InlineData("Other", "'select'")]
    [InlineData("Other", "selected")]
    public void The_kind_is_told_by_the_first_words(string kind, string script) =>
        Assert.Equal(kind, Assert.Single(SqlDialect.Hive.Split(script)).Kind.ToString());
}
