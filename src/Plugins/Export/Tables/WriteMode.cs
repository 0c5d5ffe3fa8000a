namespace Scheduler.Plugins.Export.Tables;

/// <summary>What happens to the rows that a table has.</summary>
public enum WriteMode
{
    /// <summary>They stay.</summary>
    Append,

    /// <summary>They are replaced as a whole.</summary>
    Overwrite,

    /// <summary>Those go that have the same values in the partition columns as one of the new rows.</summary>
    ReplacePartition,

    /// <summary>Those with the key of a new row take its values.</summary>
    Upsert,
}
