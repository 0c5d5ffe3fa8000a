using System.Globalization;
using CsCheck;
using Parquet;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.Csv;
using Scheduler.Plugins.Export.JsonLines;
using Scheduler.Plugins.Export.Parquet;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Tests.Export;

public class RoundTripTests
{
    private static readonly SourceColumn[] Source =
    [
        new("bool", typeof(bool)), new("short", typeof(short)), new("int", typeof(int)), new("long", typeof(long)),
        new("float", typeof(float)), new("double", typeof(double)), new("number", typeof(decimal), Precision: 28, Scale: 9),
        new("wide", typeof(decimal), Precision: 38, Scale: 10), new("day", typeof(DateOnly)), new("time", typeof(TimeSpan)),
        new("clock", typeof(DateTime)), new("moment", typeof(DateTimeOffset)), new("文本, \"x\"", typeof(string)), new("bytes", typeof(byte[])),
    ];

    private static readonly Column[] Target =
    [
        new("bool", ColumnKind.Boolean), new("short", ColumnKind.Int16), new("int", ColumnKind.Int32), new("long", ColumnKind.Int64),
        new("float", ColumnKind.Single), new("double", ColumnKind.Double), new("number", ColumnKind.Decimal),
        new("wide", ColumnKind.Decimal), new("day", ColumnKind.Date), new("time", ColumnKind.Time),
        new("clock", ColumnKind.Timestamp), new("moment", ColumnKind.Instant), new("文本, \"x\"", ColumnKind.Text), new("bytes", ColumnKind.Binary),
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Among("", " ", "\"", "\"\"", ",", "a,b", "\r", "\n", "\r\n", "line\r\nbreak", "中文，逗号", "😀👩‍👩‍👧", "\0", "a\0b", "NULL", "null", "\\N",
            "\\", "\\\"", "\uFEFF", "\u2028", "'", "=1+1", "\t", "ends with quote\"", "{\"a\":1}", new string('x', 70_000)),
        Gen.String[Gen.Char["ab,\"\\\r\n;'|中é\0 "], 0, 20]);

    private static readonly Gen<DateTime> Timestamps = Gen.OneOf(
        Among(DateTime.MinValue, new DateTime(9999, 12, 31, 23, 59, 59).AddMicroseconds(999_999), new DateTime(1969, 12, 31, 23, 59, 59).AddMicroseconds(1),
            new DateTime(2024, 2, 29), new DateTime(1582, 10, 10)),
        Gen.Long[0, DateTime.MaxValue.Ticks / 10].Select(micros => new DateTime(micros * 10)));

    private static readonly Gen<string> WideNumbers = Gen.OneOf(
        Among("1234567890123456789012345678.0123456789", "-9999999999999999999999999999.9999999999", "0.0000000001", "-0.5", "0", "12"),
        Gen.Select(Gen.String[Gen.Char['1', '9'], 1, 28], Gen.String[Gen.Char['1', '9'], 1, 10], (whole, fraction) => $"{whole}.{fraction}"));

    private static readonly Gen<object?[]> Rows = Gen.Select(
        Gen.Select(Nullable(Gen.Bool), Nullable(Gen.Short), Nullable(Gen.Int), Nullable(Gen.Long), (a, b, c, d) => new[] { a, b, c, d }),
        Gen.Select(
            Nullable(Gen.OneOf(Gen.Float, Among(float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MaxValue))),
            Nullable(Gen.OneOf(Gen.Double, Among(double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MinValue, 0.1))),
            Nullable(Gen.Long.Select(value => value / 1_000_000_000m)),
            Nullable(WideNumbers),
            (a, b, c, d) => new[] { a, b, c, d }),
        Gen.Select(
            Nullable(Timestamps.Select(DateOnly.FromDateTime)),
            Nullable(Gen.OneOf(Among(TimeSpan.Zero, TimeSpan.FromHours(838), TimeSpan.FromHours(-30)), Gen.Long[0, TimeSpan.TicksPerDay].Select(ticks => new TimeSpan(ticks)))),
            Nullable(Timestamps),
            Nullable(Timestamps.Select(value => new DateTimeOffset(value, TimeSpan.Zero))),
            (a, b, c, d) => new[] { a, b, c, d }),
        Gen.Select(Nullable(Texts), Nullable(Gen.Byte.Array[0, 20]), (a, b) => new[] { a, b }),
        (a, b, c, d) => (object?[])[.. a, .. b, .. c, .. d]);

    public static TheoryData<string> Formats => new(All.Keys);

    private static readonly Dictionary<string, FileFormat> All = new()
    {
        ["csv"] = new FileFormat.Csv(new CsvDialect()),
        ["csv, gzip"] = new FileFormat.Csv(new CsvDialect(), Compression.Gzip),
        ["csv, gb18030, no header"] = new FileFormat.Csv(new CsvDialect { Encoding = "gb18030", HasHeader = false }),
        ["csv, utf-16, byte order mark"] = new FileFormat.Csv(new CsvDialect { Encoding = "utf-16", HasByteOrderMark = true }),
        ["csv, own spelling"] = new FileFormat.Csv(new CsvDialect
        {
            Delimiter = ';',
            Quote = '\'',
            Escape = '\\',
            LineEnd = "\n",
            NullText = "\\N",
            HasByteOrderMark = true,
            Values = new TextFormat
            {
                DecimalSeparator = ',',
                Binary = BinaryText.Hex,
                True = "1",
                False = "0",
            },
        }),
        ["json lines, zstd"] = new FileFormat.JsonLines(new JsonLinesOptions(), Compression.Zstd),
        ["json lines, wide numbers as text"] = new FileFormat.JsonLines(new JsonLinesOptions(WideNumbersAsText: true)),
        ["parquet, snappy"] = new FileFormat.Parquet(new ParquetSettings()),
        ["parquet, zstd"] = new FileFormat.Parquet(new ParquetSettings { Compression = CompressionMethod.Zstd, MaxGroupRows = 7 }),
        ["parquet, gzip"] = new FileFormat.Parquet(new ParquetSettings { Compression = CompressionMethod.Gzip, MaxGroupBytes = 2000 }),
        ["parquet, plain"] = new FileFormat.Parquet(new ParquetSettings { Compression = CompressionMethod.None }),
    };

    [Theory, MemberData(nameof(Formats))]
    public async Task Every_value_comes_back_as_it_was(string format)
    {
        using var folder = new ExportFolder();
        await Rows.Array[0, 30].SampleAsync(async rows =>
        {
            var written = await folder.ExportAsync(new SourceRows(Source, rows), "all", All[format]);
            var (read, checksum) = await folder.ImportAsync("all", All[format], Target);

            Assert.Equal(rows.Length, read.Count);
            for (var i = 0; i < rows.Length; i++) Assert.Equal(rows[i].Select(Comparable), read[i].Select(Comparable));
            Assert.Equal(rows.Length, written.Rows);
            Assert.Equal(written.RowChecksum, checksum);
        }, iter: 40, threads: 1);
    }

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<object?> Nullable<T>(Gen<T> gen) => Gen.Frequency((1, Gen.Const((object?)null)), (6, gen.Select(value => (object?)value)));

    /// <summary>Decimals by their digits, whether a number or text holds them, and time as Parquet has it.</summary>
    private static object? Comparable(object? value) => value switch
    {
        decimal number => Digits(number.ToString(CultureInfo.InvariantCulture)),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        string text when text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c is '.' or '-') => Digits(text),
        _ => value,
    };

    private static string Digits(string text) => text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
}
