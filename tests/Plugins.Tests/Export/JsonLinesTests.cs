using System.Text;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.JsonLines;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Tests.Export;

public class JsonLinesTests
{
    private static readonly SourceColumn[] Numbers =
        [new("d", typeof(decimal)), new("w", typeof(decimal), Precision: 38, Scale: 2), new("l", typeof(long)), new("f", typeof(double))];

    private static readonly object?[] Row = [1.10m, "123456789012345678901234567890123456.78", long.MaxValue, double.NaN];

    [Fact]
    public async Task Numbers_keep_all_their_digits()
    {
        using var folder = new ExportFolder();
        await folder.ExportAsync(new SourceRows(Numbers, [Row]), "a.jsonl", new FileFormat.JsonLines(new JsonLinesOptions()));
        Assert.Equal("{\"d\":1.10,\"w\":123456789012345678901234567890123456.78,\"l\":9223372036854775807,\"f\":\"NaN\"}\n", folder.Text("a.jsonl"));
    }

    [Fact]
    public async Task Numbers_a_double_cannot_hold_are_text_when_asked()
    {
        using var folder = new ExportFolder();
        await folder.ExportAsync(new SourceRows(Numbers, [Row, [null, null, 7L, 0.5]]), "a.jsonl", new FileFormat.JsonLines(new JsonLinesOptions(WideNumbersAsText: true)));
        Assert.Equal(
            "{\"d\":\"1.10\",\"w\":\"123456789012345678901234567890123456.78\",\"l\":\"9223372036854775807\",\"f\":\"NaN\"}\n" +
            "{\"d\":null,\"w\":null,\"l\":7,\"f\":0.5}\n",
            folder.Text("a.jsonl"));
    }

    [Fact]
    public async Task What_is_nested_becomes_text_what_is_missing_null_and_what_is_unknown_is_skipped() =>
        Assert.Equal("{\"b\": [1, 2]},NULL,x", await ReadAsync("\uFEFF\n{\"z\":{\"a\":[1]},\"a\":{\"b\": [1, 2]}}\r\n{\"b\":1}\n\n{\"a\":\"x\"}", "a"));

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1} 2")]
    [InlineData("nonsense")]
    public async Task What_is_no_object_is_refused_with_its_line(string line)
    {
        var error = await Assert.ThrowsAsync<ExportException>(() => ReadAsync("{}\n" + line, "a"));
        Assert.Contains("Line 2", error.Message);
    }

    private static async Task<string> ReadAsync(string content, string column)
    {
        await using var reader = new JsonLinesReader(new MemoryStream(Encoding.UTF8.GetBytes(content)), [new(column, ColumnKind.Text)]);
        var values = new List<string>();
        while (await reader.ReadAsync()) values.Add(reader.IsDBNull(0) ? "NULL" : reader.GetString(0));
        return string.Join(',', values);
    }
}
