using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Tests.Sql;

public sealed class ParameterBinderTests
{
    private static readonly string[] s_known = ["day", "name", "n"];

    [Theory]
    [InlineData("AtName", "a = @day and b in (@n,@day)", "day", "n")]
    [InlineData("DollarNumber", "a = $1 and b in ($2,$1)", "day", "n")]
    [InlineData("QuestionMark", "a = ? and b in (?,?)", "day", "n", "day")]
    public void Names_become_placeholders_of_the_target(string form, string text, params string[] names)
    {
        Assert.Empty(Bind("postgresql", "a = :day and b in (:n,:day)", form, out var bound));

        Assert.Equal(text, bound.Text);
        Assert.Equal(names, bound.Names);
    }

    [Theory]
    [InlineData("postgresql", "select ':day', \":day\", $$ :day $$, E'\\':day' -- :day\n, 1")]
    [InlineData("postgresql", "select x::day, a[1:n], a[n:n], '2'::n, (x)::name, :1, : day")]
    [InlineData("mysql", "set @x:=day, @y := 1 /* :day */ # :day\n, @z = 1")]
    [InlineData("mysql", "/*! select :day */")]
    [InlineData("hive", "set x= :day")]
    public void Other_colons_stay(string dialect, string text)
    {
        Assert.Empty(Bind(dialect, text, "QuestionMark", out var bound));

        Assert.Equal(text, bound.Text);
        Assert.Empty(bound.Names);
    }

    [Fact]
    public void A_placeholder_may_be_cast()
    {
        Assert.Empty(Bind("postgresql", "select :day::date", "DollarNumber", out var bound));
        Assert.Equal("select $1::date", bound.Text);
    }

    [Fact]
    public void Every_unknown_name_is_told_with_its_place_and_the_nearest_one()
    {
        var faults = Bind("mysql", "select :dya,\n  :zzzzzz", "AtName", out _);

        Assert.Equal([new(1, 8), new(2, 3)], faults.Select(fault => fault.At));
        Assert.All(faults, fault => Assert.Equal("sql.unknown-parameter", fault.Code));
        Assert.Equal(["There is no parameter 'dya'; did you mean 'day'?", "There is no parameter 'zzzzzz'"], faults.Select(fault => fault.Message));
    }

    [Theory]
    [InlineData("QuestionMark", "select ?, :n")]
    [InlineData("DollarNumber", "select $1, :n")]
    [InlineData("AtName", "select @n, :n")]
    public void What_the_driver_would_take_for_a_placeholder_is_a_fault(string form, string text) =>
        Assert.Equal("sql.placeholder-clash", Assert.Single(Bind("postgresql", text, form, out _)).Code);

    [Theory]
    [InlineData("QuestionMark", "select a ? b")]
    [InlineData("DollarNumber", "select $1")]
    [InlineData("AtName", "select @other, :n")]
    public void Where_nothing_can_be_mistaken_nothing_is_refused(string form, string text) => Assert.Empty(Bind("postgresql", text, form, out _));

    private static IReadOnlyList<SqlFault> Bind(string dialect, string text, string form, out BoundStatement bound)
    {
        var chosen = Scripts.Dialect(dialect);
        return ParameterBinder.Bind(Assert.Single(chosen.Split(text)), chosen, Enum.Parse<PlaceholderForm>(form), s_known, out bound);
    }
}
