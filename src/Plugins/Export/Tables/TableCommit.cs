using System.Text.Json;

namespace Scheduler.Plugins.Export.Tables;

/// <summary>
/// Rows that stand complete in a staging table, and what is to become of them. It is the handle of the export: stored before the last
/// transaction begins, so that whoever comes next can find out whether that one got through.
/// </summary>
/// <remarks>The columns are those of the staging table: a handle has room for a few names only.</remarks>
/// <param name="Staging">Name of the staging table, in the schema of the target.</param>
/// <param name="Mode">What happens to the rows the table has.</param>
/// <param name="Matched">Columns of the key or the partition.</param>
/// <param name="Rows">In the staging table.</param>
/// <param name="Checksum">Of the rows as they were read.</param>
internal sealed record TableCommit(
    string Staging, WriteMode Mode, IReadOnlyList<string> Matched, long Rows, string Checksum)
{
    public override string ToString() => JsonSerializer.Serialize(this);

    public static TableCommit Parse(string handle) => JsonSerializer.Deserialize<TableCommit>(handle)!;
}
