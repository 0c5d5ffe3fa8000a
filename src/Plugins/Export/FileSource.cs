using Scheduler.Plugins.Export.Csv;
using Scheduler.Plugins.Export.Rows;
using Scheduler.Plugins.Export.Tables;
using Scheduler.Plugins.Export.Targets;

namespace Scheduler.Plugins.Export;

/// <summary>A file as rows for a table: what its columns hold is what the table's hold that they go into.</summary>
internal static class FileSource
{
    public static async Task<CellReader> OpenAsync(
        ExportRoot root, ExportSettings settings, IReadOnlyList<TableColumn> target, CancellationToken cancellationToken)
    {
        var (format, path) = (ExportPlan.Format(settings), settings.FromFile!);
        var names = settings.FileColumns;
        if (format is FileFormat.Csv { Dialect.HasHeader: true } csv) names = await HeaderAsync(root, path, csv, cancellationToken);
        if (names.Count == 0) names = [.. target.Where(column => !column.IsGenerated).Select(column => settings.Column.GetValueOrDefault(column.Name, column.Name))];

        var columns = names.Select(name => new Column(name, KindOf(name, settings.Column, target))).ToList();
        return await new FileImport(root).OpenAsync(path, format, columns, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> HeaderAsync(ExportRoot root, string path, FileFormat.Csv csv, CancellationToken cancellationToken)
    {
        var content = csv.Compression.Decompress(root.OpenRead(path));
        await using var _ = content;
        return await CsvReader.ReadHeaderAsync(content, csv.Dialect, cancellationToken);
    }

    private static ColumnKind KindOf(string name, IReadOnlyDictionary<string, string> mapping, IReadOnlyList<TableColumn> target)
    {
        var targetName = mapping.FirstOrDefault(entry => entry.Value.Equals(name, StringComparison.OrdinalIgnoreCase)).Key ?? name;
        var place = ColumnMapping.Find(target, column => column.Name, targetName);
        return place < 0 ? ColumnKind.Text : target[place].Kind ?? ColumnKind.Text;
    }
}
