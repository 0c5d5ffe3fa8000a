using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Sql;

public sealed class HiveVariableTests
{
    private static readonly Dictionary<string, string> s_variables = new()
    {
        ["day"] = "2024-01-31",
        ["table"] = "t_${day}",
        ["which"] = "day",
        ["a"] = "${hivevar:b}",
        ["b"] = "x${c}",
        ["c"] = "${a}",
        ["twice"] = "${twice}${twice}",
    };

    private static readonly Dictionary<string, string> s_settings = new() { ["q"] = "etl" };

    [Theory]
    [InlineData("${day}", "2024-01-31")]
    [InlineData("'${hivevar:day}' ${hiveconf:q} -- ${day}", "'2024-01-31' etl -- 2024-01-31")]
    [InlineData("${table}", "t_2024-01-31")]
    [InlineData("${hivevar:${which}}", "2024-01-31")]
    [InlineData("${q} ${hiveconf:day}", "${q} ${hiveconf:day}")]
    [InlineData("${} ${no space} ${ day} $day {day} ${day", "${} ${no space} ${ day} $day {day} ${day")]
    public void References_become_their_values_and_the_rest_stays(string text, string expected)
    {
        Assert.Null(Variables().Substitute(text, ScriptPlace.Start, out var result));
        Assert.Equal(expected, result);
    }

    [Theory]
    [InlineData("a", ": hivevar:b → c → a → hivevar:b")]
    [InlineData("twice", ": twice → twice")]
    public void A_circle_is_told_with_its_names(string name, string chain)
    {
        var fault = Variables().Substitute($"${{{name}}}", ScriptPlace.Start, out _);

        Assert.Equal("hive.variable-cycle", fault?.Code);
        Assert.EndsWith(chain, fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void Variables_are_nested_to_a_limit(int links, bool isEnough)
    {
        var chain = Enumerable.Range(1, links).ToDictionary(link => $"v{link}", link => link == links ? "end" : $"${{v{link + 1}}}");
        var fault = new HiveVariables(chain, s_settings, new()).Substitute("${v1}", ScriptPlace.Start, out var result);

        if (isEnough) Assert.Equal("end", result);
        else Assert.Equal("hive.variable-depth", fault?.Code);
    }

    [Fact]
    public void A_statement_grows_to_a_limit()
    {
        var options = new HiveVariableOptions { Length = 10 };

        Assert.Null(Variables(options).Substitute("${day}", ScriptPlace.Start, out _));
        Assert.Equal("hive.variable-too-long", Variables(options).Substitute("${day}.", ScriptPlace.Start, out _)?.Code);
    }

    [Fact]
    public void A_reference_to_nothing_is_told_with_its_place_and_the_nearest_name()
    {
        var fault = Variables(new() { ReportsUndefined = true }).Substitute("a\n ${hivevar:dya}", new(7, 3), out _);

        Assert.Equal(("hive.variable-undefined", new ScriptPlace(8, 2)), (fault?.Code, fault?.At));
        Assert.Contains("did you mean 'hivevar:day'?", fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("${env:HOME}")]
    [InlineData("${system:user.name}")]
    public void The_machine_of_the_worker_is_not_seen(string text) =>
        Assert.Equal("hive.variable-refused", Variables().Substitute(text, ScriptPlace.Start, out _)?.Code);

    [Theory]
    [InlineData("set hivevar:x=1; select ${x}", "select 1")]
    [InlineData("set hivevar:x = ${day} ; set hivevar:day=new; select ${x}, ${day}", "select 2024-01-31, new")]
    [InlineData("SET hiveconf:x=1; select ${hiveconf:x}", "select 1")]
    [InlineData("set x=1; select ${hiveconf:x}, ${x}", "select 1, ${x}")]
    [InlineData("select ${x}; set hivevar:x=1; select ${x}", "select 1")]
    public void What_a_script_sets_is_seen_behind_it(string script, string last)
    {
        Assert.Null(Variables().Apply(SqlDialect.Hive.Split(script), out var statements));
        Assert.Equal(last, statements[^1].Text);
    }

    [Fact]
    public void A_value_may_decide_the_kind_but_never_the_end_of_a_statement()
    {
        var variables = new HiveVariables(new Dictionary<string, string> { ["verb"] = "insert; into" }, s_settings, new());

        Assert.Null(variables.Apply(SqlDialect.Hive.Split("${verb} t select 1; b"), out var statements));
        Assert.Equal([("insert; into t select 1", StatementKind.Dml), ("b", StatementKind.Other)], statements.Select(statement => (statement.Text, statement.Kind)));
    }

    private static HiveVariables Variables(HiveVariableOptions? options = null) => new(s_variables, s_settings, options ?? new());
}
