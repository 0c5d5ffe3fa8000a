using Scheduler.Plugins.Export.Rows;
using Scheduler.Plugins.Sql;

namespace Scheduler.Plugins.Export.Tables;

/// <param name="Source">Its place in the rows.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Convert">See <see cref="CellConversion"/>.</param>
internal sealed record MappedColumn(int Source, TableColumn To, Func<Cell, Cell> Convert);

/// <summary>Which column of the rows goes into which column of the table: those of the same name, unless the settings say otherwise.</summary>
internal static class ColumnMapping
{
    /// <param name="source">Of the rows.</param>
    /// <param name="target">All of the table.</param>
    /// <param name="given">Column of the table to column of the rows.</param>
    /// <exception cref="ExportException">With everything that does not fit.</exception>
    public static IReadOnlyList<MappedColumn> Match(
        IReadOnlyList<Column> source, IReadOnlyList<TableColumn> target, IReadOnlyDictionary<string, string> given)
    {
        List<string> faults = [];
        var mapped = new MappedColumn?[target.Count];
        var owners = Owners(source, target, given, faults);
        for (var i = 0; i < source.Count; i++)
        {
            if (owners[i] < 0) continue;

            var to = target[owners[i]];
            if (to.IsGenerated) faults.Add($"The table computes column '{to.Name}' itself; leave it out");
            else if (mapped[owners[i]] is { } other) faults.Add($"'{source[other.Source].Name}' and '{source[i].Name}' both go into '{to.Name}'");
            else if (CellConversion.Of(source[i], to) is { } convert) mapped[owners[i]] = new(i, to, convert);
            else faults.Add($"'{source[i].Name}' is {Article(source[i].Kind)}, and '{to.Name}' holds {to.TypeName}; convert it in the query");
        }

        var taken = owners.Where(owner => owner >= 0).Select(owner => target[owner]).ToHashSet();
        faults.AddRange(target.Where(column => column.IsRequired && !taken.Contains(column))
            .Select(column => $"The rows have no column '{column.Name}', which takes no NULL and has no default{NearestName.Hint(column.Name, source.Select(from => from.Name))}"));

        return faults.Count == 0
            ? [.. mapped.OfType<MappedColumn>()]
            : throw new ExportException("export.columns", string.Join(" ", faults.Select(fault => fault.EndsWith('?') ? fault : $"{fault}.")));
    }

    /// <summary>A column of the table by name: exactly, or else the only one that differs in case alone.</summary>
    /// <returns>-1 when there is none.</returns>
    public static int Find<T>(IReadOnlyList<T> columns, Func<T, string> nameOf, string name)
    {
        var (found, count) = (-1, 0);
        for (var i = 0; i < columns.Count; i++)
        {
            if (nameOf(columns[i]) == name) return i;
            if (nameOf(columns[i]).Equals(name, StringComparison.OrdinalIgnoreCase)) (found, count) = (i, count + 1);
        }

        return count == 1 ? found : -1;
    }

    /// <summary>For each column of the rows its place in the table; -1 when it has none, which is a fault.</summary>
    private static int[] Owners(
        IReadOnlyList<Column> source, IReadOnlyList<TableColumn> target, IReadOnlyDictionary<string, string> given, List<string> faults)
    {
        var owners = new int[source.Count];
        Array.Fill(owners, -1);
        foreach (var (targetName, sourceName) in given)
        {
            var (to, from) = (Find(target, column => column.Name, targetName), Find(source, column => column.Name, sourceName));
            if (to < 0) faults.Add($"column.{targetName}: the table has no such column{NearestName.Hint(targetName, target.Select(column => column.Name))}");
            if (from < 0) faults.Add($"column.{targetName}: the rows have no column '{sourceName}'{NearestName.Hint(sourceName, source.Select(column => column.Name))}");
            if (from >= 0) owners[from] = to;
        }

        var mapped = given.Values.Select(name => Find(source, column => column.Name, name)).ToHashSet();
        for (var i = 0; i < source.Count; i++)
        {
            if (mapped.Contains(i)) continue;

            owners[i] = Find(target, column => column.Name, source[i].Name);
            if (owners[i] < 0)
                faults.Add($"The table has no column '{source[i].Name}'{NearestName.Hint(source[i].Name, target.Select(column => column.Name))}");
        }

        return owners;
    }

    private static string Article(ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => "true or false",
        ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 => "a whole number",
        ColumnKind.Single or ColumnKind.Double => "a floating-point number",
        ColumnKind.Decimal => "a decimal",
        ColumnKind.Date => "a date",
        ColumnKind.Time => "a time",
        ColumnKind.Timestamp => "a timestamp without a zone",
        ColumnKind.Instant => "a timestamp with a zone",
        ColumnKind.Text => "text",
        _ => "bytes",
    };
}
