namespace Scheduler.Silo.Definitions;

/// <summary>
/// Which endings of its parents let a node start. It is asked once all of them have ended; what counts as success and failure is
/// said by <see cref="Contracts.Nodes.NodeStatusExtensions"/>.
/// </summary>
internal enum ConditionMacro
{
    /// <summary>No parent has failed. Also the gate of a node without a condition.</summary>
    AllSuccess = 0,

    /// <summary>No parent has succeeded.</summary>
    AllFailed = 1,

    /// <summary>Always.</summary>
    AllDone = 2,

    /// <summary>At least one parent has failed.</summary>
    OneFailed = 3,

    /// <summary>At least one parent has succeeded.</summary>
    OneSuccess = 4,
}

/// <summary>How authors spell macros.</summary>
internal static class ConditionMacros
{
    /// <summary>The macro written like this, in any case; null when the word is none.</summary>
    public static ConditionMacro? Find(ReadOnlySpan<char> word)
    {
        if (word.Equals("all_success", StringComparison.OrdinalIgnoreCase)) return ConditionMacro.AllSuccess;
        if (word.Equals("all_failed", StringComparison.OrdinalIgnoreCase)) return ConditionMacro.AllFailed;
        if (word.Equals("all_done", StringComparison.OrdinalIgnoreCase)) return ConditionMacro.AllDone;
        if (word.Equals("one_failed", StringComparison.OrdinalIgnoreCase)) return ConditionMacro.OneFailed;
        if (word.Equals("one_success", StringComparison.OrdinalIgnoreCase)) return ConditionMacro.OneSuccess;
        return null;
    }
}
