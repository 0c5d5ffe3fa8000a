using Scheduler.Plugins.Export.Rows;

namespace Scheduler.Plugins.Export.Tables;

/// <summary>A column of a table that is to be filled.</summary>
/// <param name="Name">As the database has it.</param>
/// <param name="Kind">What it holds; null for a type that only the server can make of a text, such as <c>uuid</c> or <c>json</c>.</param>
/// <param name="TypeName">As the database writes it.</param>
/// <param name="StagingType">Of the column beside it that takes the rows first.</param>
/// <param name="Scale">Digits after the point of a decimal or of a second; null for no bound.</param>
internal sealed record TableColumn(string Name, ColumnKind? Kind, string TypeName, string StagingType, int? Scale = null)
{
    /// <summary>Rows without it are refused: it takes no NULL, and has no value of its own.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The database computes it and takes no other value.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>For a <see cref="ColumnKind.Time"/>: a length of time, where false is a time of day.</summary>
    public bool IsDuration { get; init; }
}
