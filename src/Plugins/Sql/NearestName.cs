using Scheduler.Contracts.Definitions;

namespace Scheduler.Plugins.Sql;

/// <summary>The existing name that a wrong one was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>A sentence to add to a message, or nothing.</summary>
    public static string Hint(string wrong, IEnumerable<string> names)
    {
        var nearest = NameDistance.Nearest(wrong, names);
        return nearest is null ? "" : $"; did you mean '{nearest}'?";
    }
}
