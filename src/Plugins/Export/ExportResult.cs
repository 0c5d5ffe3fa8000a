namespace Scheduler.Plugins.Export;

/// <param name="Name">Relative to the target's folder, with <c>/</c>.</param>
/// <param name="Rows">Without the header.</param>
/// <param name="Bytes">As stored, compressed.</param>
/// <param name="Sha256">Of the file as stored, in lower-case hex.</param>
internal sealed record ExportedFile(string Name, long Rows, long Bytes, string Sha256);

/// <param name="RowChecksum">The same for the same rows in any order, format and number of files; see <see cref="Rows.RowChecksum"/>.</param>
/// <param name="Files">Sorted by name.</param>
internal sealed record ExportResult(string RowChecksum, IReadOnlyList<ExportedFile> Files)
{
    public long Rows => Files.Sum(file => file.Rows);
    public long Bytes => Files.Sum(file => file.Bytes);
}
