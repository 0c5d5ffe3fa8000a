using Parquet;
using Parquet.Schema;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.Parquet;

namespace Scheduler.Plugins.Tests.Export;

public class ParquetTests
{
    private static readonly FileFormat Format = new FileFormat.Parquet(new ParquetSettings());

    [Fact]
    public async Task The_schema_has_logical_types()
    {
        using var folder = new ExportFolder();
        await folder.ExportAsync(new SourceRows(
            [new("n", typeof(decimal), Precision: 12, Scale: 2), new("d", typeof(DateTime), "date"), new("c", typeof(DateTime)),
                new("i", typeof(DateTime), "timestamp with time zone"), new("u", typeof(ulong))], []), "a", Format);

        var fields = (await ParquetReader.ReadSchemaAsync(folder.Path("a"))).DataFields;
        Assert.Equal((12, 2), fields[0] is DecimalDataField number ? (number.Precision, number.Scale) : default);
        Assert.Equal(DateTimeFormat.Date, ((DateTimeDataField)fields[1]).DateTimeFormat);
        Assert.Equal((false, DateTimeTimeUnit.Micros), (((DateTimeDataField)fields[2]).IsAdjustedToUTC, ((DateTimeDataField)fields[2]).Unit));
        Assert.True(((DateTimeDataField)fields[3]).IsAdjustedToUTC);
        Assert.Equal((20, 0), fields[4] is DecimalDataField unsigned ? (unsigned.Precision, unsigned.Scale) : default);
    }

    [Fact]
    public async Task Row_groups_are_bounded()
    {
        using var folder = new ExportFolder();
        var rows = Enumerable.Range(0, 25).Select(i => new object?[] { i });
        await folder.ExportAsync(new SourceRows([new("x", typeof(int))], rows), "a", new FileFormat.Parquet(new ParquetSettings { MaxGroupRows = 10 }));

        await using var reader = await ParquetReader.CreateAsync(folder.Path("a"));
        Assert.Equal([10, 10, 5], reader.RowGroups.Select(group => group.RowCount));
    }

    public static TheoryData<string, object> Unfitting => new()
    {
        { "export.decimal-too-wide", 0.001m },
        { "export.decimal-too-wide", 100_000m },
        { "export.timestamp-unit", new DateTime(2024, 1, 1).AddTicks(1) },
    };

    [Theory, MemberData(nameof(Unfitting))]
    public async Task A_value_that_would_lose_digits_fails_the_export(string code, object value)
    {
        using var folder = new ExportFolder();
        var error = await Assert.ThrowsAsync<ExportException>(() =>
            folder.ExportAsync(new SourceRows([new("x", value.GetType(), Precision: 6, Scale: 2)], [[value]]), "a", Format));
        Assert.Equal(code, error.Code);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task Nanoseconds_keep_the_last_digit()
    {
        using var folder = new ExportFolder();
        var format = new FileFormat.Parquet(new ParquetSettings { TimestampUnit = DateTimeTimeUnit.Nanos });
        var value = new DateTime(2024, 1, 1).AddTicks(1);
        await folder.ExportAsync(new SourceRows([new("x", typeof(DateTime))], [[value]]), "a", format);
        Assert.Equal([value], await folder.ColumnAsync("a", format));
    }
}
