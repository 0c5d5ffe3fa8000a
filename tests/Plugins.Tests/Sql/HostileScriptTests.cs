using CsCheck;
using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Sql;

public sealed class HostileScriptTests
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    public static TheoryData<string> Dialects => ["hive", "mysql", "mysql-plain", "postgresql"];

    [Theory]
    [InlineData("hive", "a;\n 'b", 2, 2)]
    [InlineData("hive", "a;\n \"b\\\"", 2, 2)]
    [InlineData("hive", "`", 1, 1)]
    [InlineData("hive", "a /* b *", 1, 3)]
    [InlineData("hive", "a /*/", 1, 3)]
    [InlineData("hive", "a 'b\\", 1, 3)]
    [InlineData("mysql", "a\n\n/*! 'b */", 3, 1)]
    [InlineData("mysql", "/*!", 1, 1)]
    [InlineData("postgresql", "/* /* */", 1, 1)]
    [InlineData("postgresql", "do $a$ $b$", 1, 4)]
    [InlineData("postgresql", "select E'a\\'", 1, 8)]
    public void What_is_never_closed_is_a_fault_with_its_place(string dialect, string script, int line, int column)
    {
        var fault = Scripts.Dialect(dialect).Fault(script);
        Assert.Equal(("sql.unterminated", new ScriptPlace(line, column)), (fault.Code, fault.At));
    }

    [Fact]
    public void What_cannot_be_sent_is_a_fault_with_its_place()
    {
        // Halves of surrogate pairs do not survive in the arguments of an attribute.
        (string Script, ScriptPlace At)[] cases =
            [("a;\nb \0", new(2, 3)), ("'\uD800'", new(1, 2)), ("\uD83D\uDE00 \uDE00", new(1, 4)), ("a\uD83D", new(1, 2))];

        foreach (var (script, at) in cases)
        {
            var fault = SqlDialect.Hive.Fault(script);
            Assert.Equal(("sql.bad-character", at), (fault.Code, fault.At));
        }
    }

    [Fact]
    public void Whole_pairs_of_surrogates_pass() => Assert.Equal(["'\uD83D\uDE00\uD83D\uDE00'"], SqlDialect.Hive.Texts("'\uD83D\uDE00\uD83D\uDE00'"));

    [Fact]
    public void Limits_are_faults()
    {
        Assert.Equal("sql.too-many-statements", SqlDialect.Hive.Fault("a;b;;c", new(StatementLength: 1, Statements: 2)).Code);

        var fault = SqlDialect.Hive.Fault("a; bb", new(StatementLength: 1, Statements: 2));
        Assert.Equal(("sql.statement-too-long", new ScriptPlace(1, 4)), (fault.Code, fault.At));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_million_semicolons_are_no_statement(string dialect) =>
        Assert.Empty(Scripts.Dialect(dialect).Split(new string(';', 1_000_000)));

    /// <summary>Tokens that cover the text once, of pieces that would tempt a scanner to look ahead again and again.</summary>
    [Theory]
    [InlineData("hive", "'\"`\\")]
    [InlineData("hive", "/*")]
    [InlineData("hive", "set a='\"\n;")]
    [InlineData("hive", "set a='\\")]
    [InlineData("mysql", "/*! '\\'' */ ; -- x\n")]
    [InlineData("mysql", "delimiter aaaaaaaaaaaaaaaa\n")]
    [InlineData("postgresql", "/*")]
    [InlineData("postgresql", "$a")]
    [InlineData("postgresql", "$a$aa")]
    [InlineData("postgresql", "e'$$ ")]
    [InlineData("postgresql", "select 1;\n")]
    public void Ten_megabytes_are_read_in_one_pass(string dialect, string piece)
    {
        var script = string.Concat(Enumerable.Repeat(piece, TenMegabytes / piece.Length));

        AssertCovered(script, Scripts.Dialect(dialect));
        _ = ScriptSplitter.Split(script, Scripts.Dialect(dialect), Scripts.Wide, out _);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Nothing_that_is_typed_throws(string dialect)
    {
        var pieces = Gen.OneOf(
            "'", "\"", "`", "\\", ";", "\\;", "/*", "*/", "/*!", "/*+", "--", "#", "$", "$a$", "$$", "E'", "\n", "\r\n", " ", "\0", "\uD800",
            "\uDC00", "\uFEFF", "DELIMITER ", "delimiter //\n", "set ", "add ", "source ", "!", "${", "${a}", "}", ":a", ":", "?", "@a", "a", "1", "(", ")");
        pieces.Array[0, 40].Select(parts => string.Concat(parts)).Sample(script =>
        {
            var chosen = Scripts.Dialect(dialect);
            AssertCovered(script, chosen);
            _ = ScriptSplitter.Split(script, chosen, new(), out var statements);
            foreach (var statement in statements)
                foreach (var form in Enum.GetValues<PlaceholderForm>()) _ = ParameterBinder.Bind(statement, chosen, form, ["a"], out _);
            _ = new HiveVariables(new Dictionary<string, string> { ["a"] = "${a}'" }, new Dictionary<string, string>(), new()).Apply(statements, out _);
        });
    }

    private static void AssertCovered(string script, SqlDialect dialect)
    {
        var scanner = new SqlScanner(script, dialect);
        var end = 0;
        for (var token = scanner.Read(); token.Kind != SqlTokenKind.End; token = scanner.Read())
        {
            if (token.Start != end || token.End <= token.Start) Assert.Fail($"{token} does not follow {end}");
            end = token.End;
        }

        Assert.Equal(script.Length, end);
    }
}
