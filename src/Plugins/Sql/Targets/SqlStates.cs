using System.Collections.Frozen;

namespace Scheduler.Plugins.Sql.Targets;

/// <summary>What the class of an SQLSTATE, its first two characters, says about another try.</summary>
internal static class SqlStates
{
    /// <summary>
    /// Not supported, wrong number of values, wrong data, violated constraint, unknown statement name, refused login, wrong function, no
    /// such database, no such schema, syntax or right or name, violated check of a view.
    /// </summary>
    private static readonly FrozenSet<string> s_final = ["0A", "21", "22", "23", "26", "28", "2F", "3D", "3F", "42", "44"];

    /// <summary>Deadlocks, waits for locks, lost connections, full servers and whatever is not known to be final.</summary>
    public static bool CanRetry(string? state) => state is not { Length: >= 2 } || !s_final.Contains(state[..2]);
}
