using Microsoft.Extensions.Time.Testing;
using Scheduler.Plugins.Export;
using Scheduler.Plugins.Export.Csv;
using Scheduler.Plugins.Export.Rows;
using Scheduler.Plugins.Export.Targets;
using Scheduler.Plugins.Tests.Support;

namespace Scheduler.Plugins.Tests.Export;

/// <summary>An export folder and the two ways through it.</summary>
internal sealed class ExportFolder : IDisposable
{
    public static FileFormat Csv { get; } = new FileFormat.Csv(new CsvDialect());

    private readonly TemporaryFolder _folder = new();

    public FakeTimeProvider Clock { get; } = new();

    public string Path(string relative) => System.IO.Path.Combine(_folder.Path, relative);

    public string Text(string relative) => File.ReadAllText(Path(relative));

    /// <summary>Of all files and folders but locks, relative and sorted.</summary>
    public List<string> Names => [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
        .Select(path => System.IO.Path.GetRelativePath(_folder.Path, path))
        .Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public Task<ExportResult> ExportAsync(SourceRows source, string path, FileFormat? format = null, FileLayout? layout = null,
        Action<long>? onProgress = null, CancellationToken cancellationToken = default) =>
        new FileExport(new ExportRoot(_folder.Path), Clock)
            .RunAsync(source, new(path, format ?? Csv, layout ?? new FileLayout.Single()), onProgress ?? (_ => { }), cancellationToken);

    public async Task<(List<object?[]> Rows, string Checksum)> ImportAsync(string path, FileFormat format, IReadOnlyList<Column> columns)
    {
        await using var reader = await new FileImport(new ExportRoot(_folder.Path)).OpenAsync(path, format, columns, default);
        var (source, checksum, rows) = (new RowSource(reader), new RowChecksum(), new List<object?[]>());
        while (await source.ReadAsync(default))
        {
            checksum.Add(source.Columns, source.Row.Span);
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return (rows, checksum.ToString());
    }

    /// <summary>The values of a file's only column.</summary>
    public async Task<object?[]> ColumnAsync(string path, FileFormat format, ColumnKind kind = ColumnKind.Text) =>
        [.. (await ImportAsync(path, format, [new("x", kind)])).Rows.Select(row => row[0])];

    public void Dispose() => _folder.Dispose();
}
