using Scheduler.Silo.Packages.Archives;

namespace Scheduler.Silo.Packages.Rules;

/// <summary>What nodes may be called. Lengths are those of Azkaban's schema.</summary>
internal static class NodeNames
{
    /// <summary>Stands for the whole workflow in requests.</summary>
    public const string Reserved = "ROOT";

    /// <summary>Characters (UTF-16) of a workflow id.</summary>
    public const int MaxWorkflowIdLength = 128;

    /// <summary>Characters (UTF-16) of the names from the root down to a node, with the colons between them.</summary>
    public const int MaxPathLength = 512;

    /// <summary>
    /// What is wrong with a name, in words that continue "the name …"; null when nothing is. Colons would make two nodes share a path,
    /// slashes and invisible characters a name that reads like another.
    /// </summary>
    public static string? FaultOf(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "is empty";
        if (name.IndexOfAny([':', '/', '\\']) >= 0) return "contains a colon or slash";

        return name.EnumerateRunes().All(Printable.IsVisible) ? null : "contains control or invisible characters";
    }
}
