namespace Scheduler.Plugins.Export.Rows;

/// <summary>What the cells of a column hold. Unsigned 64-bit numbers are decimals, identifiers are text.</summary>
internal enum ColumnKind
{
    Boolean,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    Date,

    /// <summary>A time of day or a duration; databases mix the two, so more than a day and below zero are possible.</summary>
    Time,

    /// <summary>Date and time on a wall clock, no zone.</summary>
    Timestamp,

    /// <summary>A moment; the zone it was written in is not kept.</summary>
    Instant,
    Text,
    Binary,
}

/// <param name="Name">As in the source, not changed.</param>
/// <param name="Kind">What its cells hold.</param>
/// <param name="Precision">Digits of a decimal in total; null when the source does not say.</param>
/// <param name="Scale">Digits of a decimal after the point; null when the source does not say.</param>
internal sealed record Column(string Name, ColumnKind Kind, int? Precision = null, int? Scale = null);
