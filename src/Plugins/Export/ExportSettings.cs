using System.ComponentModel.DataAnnotations;
using Scheduler.Contracts.Plugins;
using Scheduler.Plugins.Export.Tables;

namespace Scheduler.Plugins.Export;

/// <summary>What an <c>export</c> node says: where rows come from, where they go, and how the file between is spelled.</summary>
public sealed class ExportSettings
{
    [Setting("Data source", "数据源", Widget = Widgets.DataSource, Description = "The database that the query runs in.", DescriptionZh = "运行查询的数据库。")]
    public string? Datasource { get; init; }

    [Setting("Query", "查询", Widget = Widgets.Sql, Description = "One statement that returns rows.", DescriptionZh = "一条返回行的语句。")]
    public string? Sql { get; init; }

    [Setting("Query from a file", "查询文件", Widget = Widgets.PackageFile, Description = "A file of the package, instead of a query.", DescriptionZh = "包内的文件,代替查询。")]
    public string? ScriptFile { get; init; }

    [Setting("File to import", "导入文件", Description = "Below the export folder, instead of a query; goes into a table.", DescriptionZh = "位于导出目录之下,代替查询,导入到表。")]
    public string? FromFile { get; init; }

    [Setting("Columns of the file", "文件的列",
        Description = "In their order, for files that do not name them: CSV without a header, JSON Lines. By default all columns of the table.",
        DescriptionZh = "用于自身没有列名的文件(无表头的 CSV、JSON Lines),按顺序给出。默认为表的全部列。")]
    public IReadOnlyList<string> FileColumns { get; init; } = [];

    [Setting("File to write", "目标文件", Description = "Below the export folder; a folder when the export makes several files.", DescriptionZh = "位于导出目录之下;产生多个文件时为目录。")]
    public string? ToFile { get; init; }

    [Setting("Data source of the table", "目标数据源", Widget = Widgets.DataSource, Description = "Of the kind mysql or postgresql.", DescriptionZh = "类型为 mysql 或 postgresql。")]
    public string? ToDatasource { get; init; }

    [Setting("Table to fill", "目标表", Description = "It exists. With its schema in front, or without.", DescriptionZh = "必须已存在,可带 schema 前缀。")]
    public string? ToTable { get; init; }

    [Setting("What happens to the table's rows", "写入方式")]
    public WriteMode Mode { get; init; } = WriteMode.Append;

    [Setting("Key columns", "主键列", Description = "Of the table: rows that are the same in them are updated by upsert.", DescriptionZh = "upsert 时这些列相同的行被更新。")]
    public IReadOnlyList<string> KeyColumns { get; init; } = [];

    [Setting("Partition columns", "分区列", Description = "Of the table: replace-partition deletes the rows that are the same in them as one of the new rows.",
        DescriptionZh = "replace-partition 时先删除这些列与新行相同的旧行。")]
    public IReadOnlyList<string> PartitionColumns { get; init; } = [];

    [Setting("Column mapping", "列映射", Description = "column.target=source, for columns whose names differ.", DescriptionZh = "列名不同时使用:column.目标列=源列。")]
    public IReadOnlyDictionary<string, string> Column { get; init; } = new Dictionary<string, string>();

    [Setting("File format", "文件格式")]
    public FileKind Format { get; init; } = FileKind.Csv;

    [Setting("Compression", "压缩", Description = "none, gzip, zstd; Parquet is compressed inside, snappy by default.", DescriptionZh = "none、gzip、zstd;Parquet 在内部压缩,默认 snappy。")]
    public CompressionKind? Compression { get; init; }

    [Setting("Partition the files by", "按列分文件", Description = "A column of the rows: a folder column=value for each value, as Hive has them.", DescriptionZh = "行中的一列:每个值一个 列=值 目录,与 Hive 相同。")]
    public string? PartitionBy { get; init; }

    [Setting("Partitions at most", "最多分区数")]
    [Range(1, 100_000)]
    public int PartitionMax { get; init; } = 1000;

    [Setting("Rows of a file at most", "单文件最大行数", Description = "More go into further files of a folder.", DescriptionZh = "超出时写入目录中的下一个文件。")]
    [Range(1, long.MaxValue)]
    public long? FileMaxRows { get; init; }

    [Setting("Bytes of a file, about", "单文件大致字节数", Description = "More go into further files of a folder.", DescriptionZh = "超出时写入目录中的下一个文件。")]
    [Range(1, long.MaxValue)]
    public long? FileMaxBytes { get; init; }

    [Setting("CSV delimiter", "CSV 分隔符", Description = "One character, or tab.", DescriptionZh = "一个字符,或 tab。")]
    public string CsvDelimiter { get; init; } = ",";

    [Setting("CSV quote", "CSV 引号")]
    [StringLength(1, MinimumLength = 1)]
    public string CsvQuote { get; init; } = "\"";

    [Setting("CSV escape", "CSV 转义符", Description = "Goes before a quote inside quotes; the quote itself by default.", DescriptionZh = "引号内的引号之前的字符;默认为引号本身。")]
    [StringLength(1, MinimumLength = 1)]
    public string? CsvEscape { get; init; }

    [Setting("CSV line end", "CSV 换行")]
    [AllowedValues("crlf", "lf", "cr")]
    public string CsvLineEnd { get; init; } = "crlf";

    [Setting("CSV header", "CSV 表头")]
    public bool CsvHeader { get; init; } = true;

    [Setting("CSV text for NULL", "CSV 的 NULL", Description = "Unquoted; text that is the same by accident is quoted.", DescriptionZh = "不带引号;恰好相同的文本会加引号。")]
    public string CsvNull { get; init; } = "";

    [Setting("CSV encoding", "CSV 编码", Description = "Such as utf-8, gb18030.", DescriptionZh = "例如 utf-8、gb18030。")]
    public string CsvEncoding { get; init; } = "utf-8";

    [Setting("CSV byte order mark", "CSV 字节序标记")]
    public bool CsvBom { get; init; }

    [Setting("CSV decimal separator", "CSV 小数点")]
    [StringLength(1, MinimumLength = 1)]
    public string CsvDecimalSeparator { get; init; } = ".";

    [Setting("CSV date format", "CSV 日期格式", Description = "As .NET's custom formats.", DescriptionZh = "同 .NET 自定义格式。")]
    public string? CsvDate { get; init; }

    [Setting("CSV timestamp format", "CSV 时间戳格式")]
    public string? CsvTimestamp { get; init; }

    [Setting("CSV instant format", "CSV 带时区时间格式")]
    public string? CsvInstant { get; init; }

    [Setting("CSV time zone", "CSV 时区", Description = "Instants are written in it.", DescriptionZh = "带时区的时间以此时区书写。")]
    public string CsvZone { get; init; } = "UTC";

    [Setting("CSV true", "CSV 真值")]
    public string CsvTrue { get; init; } = "true";

    [Setting("CSV false", "CSV 假值")]
    public string CsvFalse { get; init; } = "false";

    [Setting("CSV binary", "CSV 二进制")]
    public BinaryKind CsvBinary { get; init; } = BinaryKind.Base64;

    [Setting("CSV guard against formulas", "CSV 防公式注入", Description = "Puts ' before text that a spreadsheet would run; the file then differs from the data.",
        DescriptionZh = "在电子表格会执行的文本前加 ',文件因此与数据不同。")]
    public bool CsvGuardFormulas { get; init; }

    [Setting("JSON wide numbers as text", "JSON 大数写为文本", Description = "For readers that take every number as a double.", DescriptionZh = "用于把所有数字当作双精度的读取方。")]
    public bool JsonWideNumbersAsText { get; init; }

    [Setting("Parquet timestamp unit", "Parquet 时间戳单位")]
    public TimestampUnit ParquetTimestampUnit { get; init; } = TimestampUnit.Micros;

    [Setting("Parquet rows of a group", "Parquet 行组行数")]
    [Range(1, 10_000_000)]
    public int ParquetGroupRows { get; init; } = 100_000;

    [Setting("Parquet scale of unknown decimals", "Parquet 未知小数位数")]
    [Range(0, 28)]
    public int ParquetDecimalScale { get; init; } = 9;
}

/// <summary>Formats of files.</summary>
public enum FileKind
{
    Csv,
    JsonLines,
    Parquet,
}

/// <summary>How a file is compressed.</summary>
public enum CompressionKind
{
    None,
    Gzip,
    Zstd,

    /// <summary>Parquet alone.</summary>
    Snappy,
}

/// <summary>How bytes are written in CSV.</summary>
public enum BinaryKind
{
    Base64,
    Hex,
}

/// <summary>The finest digit of a timestamp in Parquet.</summary>
public enum TimestampUnit
{
    Millis,
    Micros,
    Nanos,
}
