using System.Text;
using CsCheck;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.Csv;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Tests.Export;

public class CsvTests
{
    private static readonly CsvDialect NoHeader = new() { HasHeader = false };

    /// <summary>The examples of RFC 4180, section 2, fields divided by | and records by /.</summary>
    [Theory]
    [InlineData("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "aaa|bbb|ccc/zzz|yyy|xxx")]
    [InlineData("aaa,bbb,ccc\r\nzzz,yyy,xxx", "aaa|bbb|ccc/zzz|yyy|xxx")]
    [InlineData("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|bbb|ccc/zzz|yyy|xxx")]
    [InlineData("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|b\r\nbb|ccc/zzz|yyy|xxx")]
    [InlineData("\"aaa\",\"b\"\"bb\",\"ccc\"", "aaa|b\"bb|ccc")]
    [InlineData("a b, c ,\n1,2,", "a b| c |NULL/1|2|NULL")]
    [InlineData("a,b,c\rd,\"\",f\r", "a|b|c/d||f")]
    public async Task The_examples_of_the_standard_are_read(string content, string expected) => Assert.Equal(expected, await ReadAsync(content, NoHeader, 3));

    [Fact]
    public async Task Columns_are_found_by_the_header() =>
        Assert.Equal("2|1", await ReadAsync("b,ignored,a\r\n1,,2\r\n", new CsvDialect(), 2));

    [Theory]
    [InlineData("\"never closed", "not closed")]
    [InlineData("\"a\"b", "follows a closing quote")]
    [InlineData("a,b", "2 fields and not 1")]
    public async Task What_is_no_csv_is_refused_with_its_record(string content, string reason)
    {
        var error = await Assert.ThrowsAsync<ExportException>(() => ReadAsync("first\r\n" + content, NoHeader, 1));
        Assert.Contains("Record 2", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData(nameof(ColumnKind.Timestamp), "2024-01-01T00:00:00.123456789")]
    [InlineData(nameof(ColumnKind.Instant), "2024-01-01T00:00:00.123456789+00:00")]
    [InlineData(nameof(ColumnKind.Int16), "32768")]
    [InlineData(nameof(ColumnKind.Int32), "1.5")]
    [InlineData(nameof(ColumnKind.Decimal), "1e5")]
    [InlineData(nameof(ColumnKind.Date), "2024-02-30")]
    [InlineData(nameof(ColumnKind.Boolean), "yes")]
    [InlineData(nameof(ColumnKind.Binary), "!")]
    public async Task A_value_that_its_kind_cannot_hold_is_refused_and_not_cut(string kind, string value)
    {
        await using var reader = await OpenAsync(value, NoHeader, new Column("x", Enum.Parse<ColumnKind>(kind)));
        var error = await Assert.ThrowsAsync<ExportException>(() => reader.ReadAsync());
        Assert.Contains("'x'", error.Message);
    }

    [Theory]
    [InlineData("2024-05-01T10:00:00Z", "2024-05-01T10:00:00+00:00")]
    [InlineData("2024-05-01 10:00:00.5+02", "2024-05-01T08:00:00.5+00:00")]
    [InlineData("2024-05-01T10:00:00+08:00", "2024-05-01T02:00:00+00:00")]
    public async Task Instants_are_read_in_the_spellings_of_databases(string text, string expected)
    {
        await using var reader = await OpenAsync(text, NoHeader, new Column("x", ColumnKind.Instant));
        Assert.True(await reader.ReadAsync());
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), reader.GetValue(0));
    }

    [Fact]
    public async Task Instants_are_written_in_the_zone_of_the_dialect()
    {
        using var folder = new ExportFolder();
        var zone = TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(8), "east", "east");
        var dialect = new CsvDialect { Values = new TextFormat { Zone = zone, Instant = "yyyy-MM-dd HH:mm:ss" } };
        var moment = new DateTimeOffset(2024, 5, 1, 20, 0, 0, TimeSpan.Zero);

        await folder.ExportAsync(new SourceRows([new("x", typeof(DateTimeOffset))], [[moment]]), "a.csv", new FileFormat.Csv(dialect));

        Assert.Equal("x\r\n2024-05-02 04:00:00\r\n", folder.Text("a.csv"));
        Assert.Equal([moment], await folder.ColumnAsync("a.csv", new FileFormat.Csv(dialect), ColumnKind.Instant));
        Assert.Equal("export.zone", (await Assert.ThrowsAsync<ExportException>(() => folder.ExportAsync(
            new SourceRows([new("x", typeof(DateTimeOffset))], [[DateTimeOffset.MaxValue]]), "a.csv", new FileFormat.Csv(dialect)))).Code);
    }

    [Fact]
    public async Task Null_and_the_empty_text_differ()
    {
        using var folder = new ExportFolder();
        await folder.ExportAsync(SourceRows.OfText("x", null, "", "a"), "a.csv");
        Assert.Equal("x\r\n\r\n\"\"\r\na\r\n", folder.Text("a.csv"));
    }

    [Fact]
    public async Task Text_that_looks_like_null_is_quoted()
    {
        using var folder = new ExportFolder();
        await folder.ExportAsync(SourceRows.OfText("x", null, "NULL"), "a.csv", new FileFormat.Csv(new CsvDialect { NullText = "NULL", LineEnd = "\n" }));
        Assert.Equal("x\nNULL\n\"NULL\"\n", folder.Text("a.csv"));
    }

    [Fact]
    public async Task Formulas_are_guarded_when_asked()
    {
        using var folder = new ExportFolder();
        await folder.ExportAsync(SourceRows.OfText("x", "=1", "+1", "-1", "@a", "a=1", "", null), "a.csv",
            new FileFormat.Csv(new CsvDialect { GuardsFormulas = true, LineEnd = "\n" }));
        Assert.Equal("x\n'=1\n'+1\n'-1\n'@a\na=1\n\"\"\n\n", folder.Text("a.csv"));
    }

    [Fact]
    public async Task A_character_the_encoding_has_not_fails_the_export()
    {
        using var folder = new ExportFolder();
        var error = await Assert.ThrowsAsync<ExportException>(() =>
            folder.ExportAsync(SourceRows.OfText("x", "中"), "a.csv", new FileFormat.Csv(new CsvDialect { Encoding = "iso-8859-1" })));
        Assert.Equal("export.csv-encoding", error.Code);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task Bytes_of_another_encoding_are_refused()
    {
        await using var reader = await CsvReader.OpenAsync(new MemoryStream([0xFF, 0x41]), [new("x", ColumnKind.Text)], NoHeader, default);
        Assert.Equal("export.csv-encoding", (await Assert.ThrowsAsync<ExportException>(() => reader.ReadAsync())).Code);
    }

    [Theory]
    [InlineData('"', '"', "\n")]
    [InlineData(',', '\n', "\n")]
    [InlineData(',', '"', "x")]
    public void A_dialect_that_cannot_be_read_back_has_a_fault(char delimiter, char quote, string lineEnd) =>
        Assert.NotNull(new CsvDialect { Delimiter = delimiter, Quote = quote, LineEnd = lineEnd }.Fault());

    [Fact]
    public async Task An_independent_parser_reads_what_is_written()
    {
        using var folder = new ExportFolder();
        await Gen.String[Gen.Char["a,\"\r\n中 "], 0, 8].Array[2].Array[0, 20].SampleAsync(async rows =>
        {
            await folder.ExportAsync(new SourceRows([new("a", typeof(string)), new("b", typeof(string))], rows), "a.csv");
            Assert.Equal([["a", "b"], .. rows], Parse(folder.Text("a.csv")));
        }, iter: 300, threads: 1);
    }

    /// <summary>RFC 4180, a character at a time.</summary>
    private static List<string[]> Parse(string text)
    {
        var (records, record, field, inQuotes) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var isDouble = text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"';
            if (inQuotes && isDouble) field.Append(text[i++]);
            else if (text[i] == '"') inQuotes = !inQuotes;
            else if (inQuotes) field.Append(text[i]);
            else if (text[i] is ',' or '\n')
            {
                record.Add(field.ToString());
                field.Clear();
                if (text[i] == ',') continue;
                records.Add([.. record]);
                record.Clear();
            }
            else if (text[i] != '\r') field.Append(text[i]);
        }

        return records;
    }

    private static Task<CsvReader> OpenAsync(string content, CsvDialect dialect, params Column[] columns) =>
        CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), columns, dialect, default);

    private static async Task<string> ReadAsync(string content, CsvDialect dialect, int columns)
    {
        await using var reader = await OpenAsync(content, dialect, [.. "abc"[..columns].Select(name => new Column(name.ToString(), ColumnKind.Text))]);
        var records = new List<string>();
        while (await reader.ReadAsync()) records.Add(string.Join('|', Enumerable.Range(0, columns).Select(i => reader.IsDBNull(i) ? "NULL" : reader.GetString(i))));
        return string.Join('/', records);
    }
}
