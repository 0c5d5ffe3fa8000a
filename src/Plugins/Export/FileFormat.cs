using Scheduler.Plugins.Export.Csv;
using Scheduler.Plugins.Export.JsonLines;
using Scheduler.Plugins.Export.Parquet;
using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export;

/// <summary>The format of a file and its options: a closed set.</summary>
internal abstract record FileFormat
{
    private FileFormat() { }

    /// <summary>The end of the names this export chooses, with the dot.</summary>
    public abstract string Extension { get; }

    public abstract Task<RowWriter> WriteAsync(Stream stream, IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    /// <param name="stream">Belongs to the reader from here on.</param>
    /// <param name="columns">What to read, by name. Parquet knows by itself and reads all its columns.</param>
    /// <param name="cancellationToken">Of the reading of the file's head.</param>
    public abstract Task<CellReader> ReadAsync(Stream stream, IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    /// <summary>Text formats are compressed as a whole, Parquet inside.</summary>
    public virtual Compression Compression => Compression.None;

    public sealed record Csv(CsvDialect Dialect, Compression Around = Compression.None) : FileFormat
    {
        public override string Extension => ".csv";
        public override Compression Compression => Around;

        public override Task<RowWriter> WriteAsync(Stream stream, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
            Task.FromResult<RowWriter>(new CsvWriter(stream, columns, Dialect));

        public override async Task<CellReader> ReadAsync(Stream stream, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
            await CsvReader.OpenAsync(stream, columns, Dialect, cancellationToken);
    }

    public sealed record JsonLines(JsonLinesOptions Options, Compression Around = Compression.None) : FileFormat
    {
        public override string Extension => ".jsonl";
        public override Compression Compression => Around;

        public override Task<RowWriter> WriteAsync(Stream stream, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
            Task.FromResult<RowWriter>(new JsonLinesWriter(stream, columns, Options));

        public override Task<CellReader> ReadAsync(Stream stream, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
            Task.FromResult<CellReader>(new JsonLinesReader(stream, columns));
    }

    public sealed record Parquet(ParquetSettings Settings) : FileFormat
    {
        public override string Extension => ".parquet";

        public override async Task<RowWriter> WriteAsync(Stream stream, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
            await ParquetRowWriter.OpenAsync(stream, columns, Settings, cancellationToken);

        public override async Task<CellReader> ReadAsync(Stream stream, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
            await ParquetCellReader.OpenAsync(stream, cancellationToken);
    }
}
