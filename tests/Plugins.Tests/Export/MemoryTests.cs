using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.Csv;
using Scheduler.Plugins.Export.JsonLines;
using Scheduler.Plugins.Export.Parquet;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Tests.Export;

/// <summary>They look at the memory of the whole process, so nothing else may run.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    private const long Allowed = 40 * 1024 * 1024;

    private static readonly Dictionary<string, FileFormat> Formats = new()
    {
        ["csv"] = new FileFormat.Csv(new CsvDialect(), Compression.Zstd),
        ["json lines"] = new FileFormat.JsonLines(new JsonLinesOptions(), Compression.Gzip),
        ["parquet"] = new FileFormat.Parquet(new ParquetSettings { MaxGroupRows = 20_000 }),
    };

    [Theory]
    [InlineData("csv", 1_000_000)]
    [InlineData("json lines", 300_000)]
    [InlineData("parquet", 600_000)]
    public async Task Memory_does_not_grow_with_the_rows(string format, int rows)
    {
        using var folder = new ExportFolder();
        var peak = new Peak();
        IEnumerable<object?[]> Rows()
        {
            var row = new object?[3];
            for (var i = 0; i < rows; i++)
            {
                (row[0], row[1], row[2]) = ((long)i, $"a text that is different in every row: {i}", i / 8m);
                if (i % 50_000 == 0) folder.Clock.Advance(TimeSpan.FromSeconds(1));
                yield return row;
            }
        }

        var written = await folder.ExportAsync(
            new SourceRows([new("id", typeof(long)), new("text", typeof(string)), new("number", typeof(decimal))], Rows()), "a", Formats[format],
            onProgress: _ => peak.Measure());

        var checksum = new RowChecksum();
        await using var reader = await new FileImport(new(folder.Path(""))).OpenAsync("a", Formats[format],
            [new("id", ColumnKind.Int64), new("text", ColumnKind.Text), new("number", ColumnKind.Decimal)], default);
        var source = new RowSource(reader);
        while (await source.ReadAsync(default))
        {
            checksum.Add(source.Columns, source.Row.Span);
            if (checksum.Rows % 50_000 == 0) peak.Measure();
        }

        Assert.Equal((rows, written.RowChecksum), (checksum.Rows, checksum.ToString()));
        Assert.InRange(peak.Growth, 0, Allowed);
    }

    /// <summary>Live bytes, above those at the first measure.</summary>
    private sealed class Peak
    {
        private long? _start;

        public long Growth { get; private set; }

        public void Measure()
        {
            // The least of several: somebody else may be in the middle of a batch.
            var live = Enumerable.Range(0, 3).Min(_ => GC.GetTotalMemory(forceFullCollection: true));
            _start ??= live;
            Growth = Math.Max(Growth, live - _start.Value);
        }
    }
}
