namespace Scheduler.Plugins.Export;

/// <summary>Which rows go into which file: a closed set.</summary>
internal abstract record FileLayout
{
    private FileLayout() { }

    /// <summary>The target is one file of exactly this name.</summary>
    public sealed record Single : FileLayout;

    /// <summary>The target is a folder of files <c>name-00001.csv.gz</c>. A file ends after the row that reaches a limit; null is no limit.</summary>
    public sealed record BySize(long? MaxRows = null, long? MaxBytes = null) : FileLayout;

    /// <summary>
    /// The target is a folder of folders <c>column=value</c>, as Hive lays them out: the files do not hold the column. Rows that come
    /// sorted by the column make one file each; otherwise a partition has another file each time it was closed to open others.
    /// </summary>
    /// <param name="Column">Its name in the source.</param>
    /// <param name="MaxPartitions">More fail the export: a column of identifiers was probably not meant.</param>
    /// <param name="MaxOpenFiles">Each has buffers; Parquet's are a row group.</param>
    public sealed record ByColumn(string Column, int MaxPartitions = 1000, int MaxOpenFiles = 16) : FileLayout;
}
