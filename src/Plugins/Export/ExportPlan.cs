using Parquet;
using Parquet.Schema;
using Scheduler.Plugins.Export.Csv;
using Scheduler.Plugins.Export.Parquet;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export;

/// <summary>Settings that belong together, and what they mean for a file.</summary>
internal static class ExportPlan
{
    /// <summary>Everything that cannot be, in one message.</summary>
    public static void Check(ExportSettings settings)
    {
        List<string> faults = [.. Faults(settings)];
        if (faults.Count > 0) throw new ExportException("export.settings", string.Join(" ", faults));
    }

    public static FileFormat Format(ExportSettings settings) => settings.Format switch
    {
        FileKind.Csv => new FileFormat.Csv(Dialect(settings), Around(settings)),
        FileKind.JsonLines => new FileFormat.JsonLines(new(settings.JsonWideNumbersAsText), Around(settings)),
        _ => new FileFormat.Parquet(new ParquetSettings
        {
            Compression = settings.Compression switch
            {
                CompressionKind.None => CompressionMethod.None,
                CompressionKind.Gzip => CompressionMethod.Gzip,
                CompressionKind.Zstd => CompressionMethod.Zstd,
                _ => CompressionMethod.Snappy,
            },
            MaxGroupRows = settings.ParquetGroupRows,
            DefaultScale = settings.ParquetDecimalScale,
            TimestampUnit = settings.ParquetTimestampUnit switch
            {
                TimestampUnit.Millis => DateTimeTimeUnit.Millis,
                TimestampUnit.Nanos => DateTimeTimeUnit.Nanos,
                _ => DateTimeTimeUnit.Micros,
            },
        }),
    };

    public static FileLayout Layout(ExportSettings settings)
    {
        if (settings.PartitionBy is { } column) return new FileLayout.ByColumn(column, settings.PartitionMax);
        return settings.FileMaxRows is null && settings.FileMaxBytes is null
            ? new FileLayout.Single()
            : new FileLayout.BySize(settings.FileMaxRows, settings.FileMaxBytes);
    }

    private static IEnumerable<string> Faults(ExportSettings settings)
    {
        var isImport = settings.FromFile is not null;
        if (isImport && (settings.Datasource ?? settings.Sql ?? settings.ScriptFile) is not null)
            yield return "Rows come from a query or from from.file, not from both.";
        if (!isImport && settings.Datasource is null) yield return "Say where rows come from: datasource and sql, or from.file.";
        if (!isImport && settings.Datasource is not null && settings.Sql is null == settings.ScriptFile is null)
            yield return "Give the query either as sql or as script.file.";

        var isTable = settings.ToTable is not null || settings.ToDatasource is not null;
        if (isTable == settings.ToFile is not null) yield return "Say where rows go: either to.file, or to.datasource and to.table.";
        else if (isTable && (settings.ToTable is null || settings.ToDatasource is null)) yield return "A table needs both to.datasource and to.table.";
        if (isImport && settings.ToFile is not null) yield return "A file is imported into a table, not into another file.";

        if (settings.Mode == Tables.WriteMode.Upsert && settings.KeyColumns.Count == 0) yield return "mode=upsert needs key.columns.";
        if (settings.Mode == Tables.WriteMode.ReplacePartition && settings.PartitionColumns.Count == 0)
            yield return "mode=replace-partition needs partition.columns.";
        if (settings.PartitionBy is not null && (settings.FileMaxRows ?? settings.FileMaxBytes) is not null)
            yield return "Files are partitioned either by partition.by or by size.";
        if (settings.Compression == CompressionKind.Snappy && settings.Format != FileKind.Parquet) yield return "compression=snappy is for Parquet alone.";
        if (settings.CsvDelimiter is not "tab" && settings.CsvDelimiter.Length != 1) yield return "csv.delimiter is one character, or tab.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.CsvZone, out _)) yield return $"csv.zone: there is no time zone '{settings.CsvZone}'.";
    }

    private static CsvDialect Dialect(ExportSettings settings)
    {
        var usual = TextFormat.Default;
        return new CsvDialect
        {
            Delimiter = settings.CsvDelimiter == "tab" ? '\t' : settings.CsvDelimiter[0],
            Quote = settings.CsvQuote[0],
            Escape = (settings.CsvEscape ?? settings.CsvQuote)[0],
            LineEnd = settings.CsvLineEnd switch { "lf" => "\n", "cr" => "\r", _ => "\r\n" },
            HasHeader = settings.CsvHeader,
            NullText = settings.CsvNull,
            Encoding = settings.CsvEncoding,
            HasByteOrderMark = settings.CsvBom,
            GuardsFormulas = settings.CsvGuardFormulas,
            Values = new TextFormat
            {
                DecimalSeparator = settings.CsvDecimalSeparator[0],
                Date = settings.CsvDate ?? usual.Date,
                Timestamp = settings.CsvTimestamp ?? usual.Timestamp,
                Instant = settings.CsvInstant ?? usual.Instant,
                Zone = TimeZoneInfo.FindSystemTimeZoneById(settings.CsvZone),
                True = settings.CsvTrue,
                False = settings.CsvFalse,
                Binary = settings.CsvBinary == BinaryKind.Hex ? BinaryText.Hex : BinaryText.Base64,
            },
        };
    }

    private static Compression Around(ExportSettings settings) => settings.Compression switch
    {
        CompressionKind.Gzip => Compression.Gzip,
        CompressionKind.Zstd => Compression.Zstd,
        _ => Compression.None,
    };
}
