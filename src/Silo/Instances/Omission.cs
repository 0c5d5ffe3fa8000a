namespace Scheduler.Silo.Instances;

/// <summary>Why a node was omitted. Values are stored: never renumber.</summary>
internal enum Omission : byte
{
    None = 0,

    /// <summary>The endings of its parents do not satisfy its macro.</summary>
    Parents = 1,

    /// <summary>The expression of its condition is false.</summary>
    Condition = 2,

    /// <summary>The execution has failed and starts nothing new.</summary>
    Failure = 3,

    /// <summary>The execution is being cancelled.</summary>
    Cancel = 4,

    /// <summary>The execution has run longer than it may.</summary>
    TimedOut = 5,
}

/// <summary>The reasons in words.</summary>
internal static class OmissionExtensions
{
    /// <summary>A clause without a full stop; null for none.</summary>
    public static string? ToText(this Omission omission) => omission switch
    {
        Omission.Parents => "the jobs before it did not end as its condition demands",
        Omission.Condition => "its condition is false",
        Omission.Failure => "the execution has failed and starts nothing new",
        Omission.Cancel => "the execution was cancelled",
        Omission.TimedOut => "the execution has timed out",
        _ => null,
    };
}
