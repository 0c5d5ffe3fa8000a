using CsCheck;
using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Sql;

/// <summary>Scripts put together from pieces whose ends are known.</summary>
public sealed class AssembledScriptTests
{
    private static readonly Gen<string> s_between = Gen.OneOf("", " ", "\n", "\r\n\t", " -- it's; a\n", "/* \"; */", ";", "\n;\n");

    public static TheoryData<string> Dialects => ["hive", "mysql", "mysql-plain", "postgresql"];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_script_is_cut_where_it_was_joined(string name)
    {
        var dialect = Scripts.Dialect(name);
        Gen.Select(Statements(name).Array[0, 12], s_between.Array[13]).Sample((statements, between) =>
        {
            var script = between[^1] + string.Concat(statements.Select((statement, at) => $"{statement}{Inside(between[at])};{between[at]}"));

            Assert.Equal(statements, dialect.Texts(script));
        });
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Every_statement_stands_at_its_place(string name)
    {
        var dialect = Scripts.Dialect(name);
        Gen.Select(Statements(name).Array[0, 8], s_between.Array[8]).Sample((statements, between) =>
        {
            var script = string.Concat(statements.Select((statement, at) => $"{between[at]}{statement};"));

            foreach (var statement in dialect.Split(script))
                Assert.StartsWith(statement.Text, script[Offset(script, statement.At)..], StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Joining_what_was_cut_loses_nothing(string name)
    {
        var dialect = Scripts.Dialect(name);
        Gen.Select(Statements(name).Array[0, 8], s_between.Array[8]).Sample((statements, between) =>
        {
            var script = string.Concat(statements.Select((statement, at) => $"{between[at]}{statement};"));
            var cut = dialect.Split(script);

            Assert.Equal(Tokens(script, dialect), Tokens(string.Join(";\n", cut.Select(statement => statement.Text)) + ";", dialect));
        });
    }

    /// <summary>Empty statements apart, everything that a server sees.</summary>
    private static List<string> Tokens(string script, SqlDialect dialect)
    {
        List<string> tokens = [];
        var scanner = new SqlScanner(script, dialect);
        for (var token = scanner.Read(); token.Kind != SqlTokenKind.End; token = scanner.Read())
        {
            var isSeen = token.Kind is not (SqlTokenKind.Blank or SqlTokenKind.Comment or SqlTokenKind.Delimiter);
            if (isSeen) tokens.Add(token.In(script).ToString());
        }

        return tokens;
    }

    private static Gen<string> Statements(string dialect)
    {
        string[] common = ["a", "'x;y'", "\";\"", "'it''s;'", "(b, c)", "/* ; ' */", "-- ; \"\n", "/*+ ; */", "1.5", "=", "\n", "é", "'\uD83D\uDE00;'"];
        string[] own = dialect switch
        {
            "hive" => [@"'\';'", "`;`", "${x}", "`a``;`"],
            "mysql" => [@"'\';'", "# ;'\n", "/*! ';' ; */", "5--3"],
            "mysql-plain" => [@"'\'", "`;`", "# ;'\n"],
            _ => ["$$ ; ' $$", "$t$ ; $$ $t$", @"E'\';'", "/* /* ; */ ; */", "$1", "x::y"],
        };
        string[] all = [.. common, .. own];
        return Gen.OneOf(all).Array[0, 6].Select(parts => $"select {string.Join(' ', parts)} z");
    }

    /// <summary>Blanks and comments may stand in front of a delimiter, too; a second delimiter may not.</summary>
    private static string Inside(string between) => between.StartsWith(" --", StringComparison.Ordinal) || !between.Contains(';') ? between : "";

    private static int Offset(string script, ScriptPlace place)
    {
        var offset = 0;
        for (var line = 1; line < place.Line; line++) offset = script.IndexOf('\n', offset) + 1;
        return offset + place.Column - 1;
    }
}
