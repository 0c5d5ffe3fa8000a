using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Tests.Export;

public class RowChecksumTests
{
    [Fact]
    public void Order_does_not_count_and_repeats_do()
    {
        Assert.Equal(Of("a", "b", "c"), Of("c", "a", "b"));
        Assert.NotEqual(Of("a", "a"), Of("b", "b"));
        Assert.NotEqual(Of("a"), Of("a", "a", "a"));
        Assert.NotEqual(Of(""), Of((string?)null));
    }

    [Fact]
    public void Values_do_not_run_into_each_other()
    {
        Column[] columns = [new("a", ColumnKind.Text), new("b", ColumnKind.Text)];
        Assert.NotEqual(Of(columns, Cell.Of("ab"), Cell.Of("c")), Of(columns, Cell.Of("a"), Cell.Of("bc")));
    }

    [Theory]
    [InlineData("1", "1.00")]
    [InlineData("0", "-0.0")]
    [InlineData("-12.50", "-12.5")]
    public void Decimals_are_compared_by_value(string one, string other) => Assert.Equal(OfDecimal(one), OfDecimal(other));

    [Fact]
    public void Numbers_of_several_kinds_are_compared_by_value()
    {
        Assert.Equal(Of([new("a", ColumnKind.Int32)], Cell.Of(100L)), OfDecimal("100"));
        Assert.NotEqual(OfDecimal("100"), OfDecimal("1"));
        Assert.NotEqual(OfDecimal("-1"), OfDecimal("1"));
        Assert.Equal(
            Of([new("a", ColumnKind.Date)], Cell.Of(new DateOnly(2024, 1, 2))),
            Of([new("a", ColumnKind.Timestamp)], Cell.Of(new DateTime(2024, 1, 2))));
    }

    private static string OfDecimal(string text)
    {
        Assert.True(DecimalText.TryParse(text, out var cell));
        return Of([new("a", ColumnKind.Decimal)], cell);
    }

    private static string Of(params string?[] rows)
    {
        var checksum = new RowChecksum();
        foreach (var row in rows) checksum.Add([new("a", ColumnKind.Text)], [row is null ? Cell.Null : Cell.Of(row)]);
        return checksum.ToString();
    }

    private static string Of(Column[] columns, params Cell[] row)
    {
        var checksum = new RowChecksum();
        checksum.Add(columns, row);
        return checksum.ToString();
    }
}
