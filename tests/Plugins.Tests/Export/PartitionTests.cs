using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.Csv;
using Scheduler.Plugins.Export.Rows;
using Scheduler.Plugins.Export.Targets;

namespace Scheduler.Plugins.Tests.Export;

public class PartitionTests
{
    private static readonly SourceColumn[] Columns = [new("day", typeof(string)), new("x", typeof(int))];

    [Fact]
    public async Task Rows_go_into_the_folder_of_their_value()
    {
        using var folder = new ExportFolder();
        var result = await folder.ExportAsync(new SourceRows(Columns, [["a", 1], ["b", 2], [null, 3], ["a", 4]]), "t", layout: new FileLayout.ByColumn("day"));

        Assert.Equal(["day=__HIVE_DEFAULT_PARTITION__/part-00001.csv", "day=a/part-00001.csv", "day=b/part-00001.csv"], result.Files.Select(file => file.Name));
        Assert.Equal("x\r\n1\r\n4\r\n", folder.Text("t/day=a/part-00001.csv"));
    }

    [Fact]
    public async Task Few_files_are_open_at_once()
    {
        using var folder = new ExportFolder();
        var result = await folder.ExportAsync(new SourceRows(Columns, [["a", 1], ["b", 2], ["b", 3], ["a", 4]]), "t",
            layout: new FileLayout.ByColumn("day", MaxOpenFiles: 1));
        Assert.Equal(["day=a/part-00001.csv", "day=a/part-00002.csv", "day=b/part-00001.csv"], result.Files.Select(file => file.Name));
    }

    [Fact]
    public async Task Too_many_values_fail_the_export()
    {
        using var folder = new ExportFolder();
        var error = await Assert.ThrowsAsync<ExportException>(() => folder.ExportAsync(
            new SourceRows(Columns, [["a", 1], ["b", 2], ["c", 3]]), "t", layout: new FileLayout.ByColumn("day", MaxPartitions: 2)));
        Assert.Equal("export.too-many-partitions", error.Code);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("../../etc", "day=..%2F..%2Fetc")]
    [InlineData("..", "day=..")]
    [InlineData("/root", "day=%2Froot")]
    [InlineData("a\0b\n", "day=a%00b%0A")]
    [InlineData("50%", "day=50%25")]
    [InlineData("", "day=")]
    [InlineData("中文 😀", "day=中文 😀")]
    [InlineData("__HIVE_DEFAULT_PARTITION__", "day=%5F_HIVE_DEFAULT_PARTITION__")]
    public void Names_cannot_escape_and_differ(string value, string expected) =>
        Assert.Equal(expected, PartitionName.Of(new("day", ColumnKind.Text), Cell.Of(value)));

    [Fact]
    public void Names_that_cannot_be_told_apart_are_refused()
    {
        Assert.Throws<ExportException>(() => PartitionName.Of(new("day", ColumnKind.Text), Cell.Of("\uD800")));
        Assert.Throws<ExportException>(() => PartitionName.Of(new("day", ColumnKind.Text), Cell.Of(new string('x', 300))));
    }

    [Fact]
    public async Task Files_end_after_the_bytes_they_may_have()
    {
        using var folder = new ExportFolder();
        var rows = Enumerable.Range(0, 40_000).Select(i => new object?[] { Guid.CreateVersion7().ToString(), i });
        var result = await folder.ExportAsync(new SourceRows(Columns, rows), "t", new FileFormat.Csv(new CsvDialect(), Compression.Gzip),
            new FileLayout.BySize(MaxBytes: 200_000));

        Assert.True(result.Files.Count > 2);
        Assert.Equal("t-00001.csv.gz", result.Files[0].Name);
        Assert.All(result.Files, file => Assert.InRange(file.Bytes, 1, 300_000));
        Assert.Equal(40_000, result.Rows);
    }
}
