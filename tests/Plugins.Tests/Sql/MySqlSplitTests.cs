using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Sql;

public sealed class MySqlSplitTests
{
    [Theory]
    [InlineData("# a; b\nc; d", "c", "d")]
    [InlineData("-- a; b\nc; d", "c", "d")]
    [InlineData("--\nc; d", "c", "d")]
    [InlineData("c; d --", "c", "d")]
    [InlineData("select 5--3; d", "select 5--3", "d")]
    [InlineData("/* a; */ c; d", "c", "d")]
    [InlineData("/*!40101 set names utf8; */; d", "/*!40101 set names utf8; */", "d")]
    [InlineData("/*!50001 select '*/;' */; d", "/*!50001 select '*/;' */", "d")]
    [InlineData("/*M! x; */ c; d", "/*M! x; */ c", "d")]
    [InlineData("select 'it''s;'; d", "select 'it''s;'", "d")]
    [InlineData(@"select 'it\'s;'; d", @"select 'it\'s;'", "d")]
    [InlineData("select \"a\"\";\", `b``;`; d", "select \"a\"\";\", `b``;`", "d")]
    [InlineData("delimiter //\ncreate procedure p() begin a; b; end//\ndelimiter ;\nc; d", "create procedure p() begin a; b; end", "c", "d")]
    [InlineData("DELIMITER $$\na; b$$\r\nDELIMITER ;\r\nc", "a; b", "c")]
    [InlineData("DELIMITER ;;\ncreate trigger t begin a; end ;;\nDELIMITER ;\nc", "create trigger t begin a; end", "c")]
    [InlineData("delimiter go\nselect category from goods go\nb;c go", "select category from goods", "b;c")]
    [InlineData("delimiter //\nselect '//' // b /* // */ c // -- //", "select '//'", "b /* // */ c")]
    [InlineData("a; delimiter // \nb;c//", "a", "b;c")]
    [InlineData("select a, \n delimiter\n from t; b", "select a, \n delimiter\n from t", "b")]
    [InlineData("delimiter 1234567890123456\na; b1234567890123456;c 1234567890123456", "a; b1234567890123456;c")]
    public void Statements_end_where_the_client_of_MySQL_ends_them(string script, params string[] texts) =>
        Assert.Equal(texts, SqlDialect.MySql.Texts(script));

    [Fact]
    public void Without_backslash_escapes_a_backslash_is_a_letter() =>
        Assert.Equal([@"select '\'", "d"], SqlDialect.MySqlWithoutBackslashEscapes.Texts(@"select '\'; d"));

    [Theory]
    [InlineData("a;\n DELIMITER\nb")]
    [InlineData("a;\n DELIMITER 12345678901234567\nb")]
    [InlineData("a;\n delimiter \\\\\nb")]
    public void A_bad_delimiter_is_a_fault(string script)
    {
        var fault = SqlDialect.MySql.Fault(script);
        Assert.Equal(("sql.bad-delimiter", new ScriptPlace(2, 2)), (fault.Code, fault.At));
    }
}
