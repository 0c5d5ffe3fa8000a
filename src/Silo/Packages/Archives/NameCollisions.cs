using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Archives;

/// <summary>
/// Names that one file system keeps apart and another does not: the same twice, different only in case or in the Unicode form of
/// their letters, or a file where another entry needs a directory.
/// </summary>
internal static class NameCollisions
{
    /// <summary>A directory may be listed more than once; nothing else may.</summary>
    public static Finding? Check(IEnumerable<string> names)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var checkedDirectories = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (CheckDirectories(name, seen, checkedDirectories) is { } clash) return clash;
            if (!name.EndsWith('/') && Add(name, seen) is { } other) return Refuse(name, other);
        }

        return null;
    }

    private static Finding? CheckDirectories(string name, Dictionary<string, string> seen, HashSet<string> checkedDirectories)
    {
        for (var slash = name.LastIndexOf('/'); slash > 0; slash = name.LastIndexOf('/', slash - 1))
        {
            var directory = name[..(slash + 1)];
            if (!checkedDirectories.Add(directory)) return null;
            if (Add(directory, seen) is { } other && other != directory) return Refuse(directory, other);
        }

        return null;
    }

    /// <summary>The name that has the key already; null when it is new.</summary>
    private static string? Add(string name, Dictionary<string, string> seen)
    {
        var key = CanonicalForm.KeyOf(name.EndsWith('/') ? name[..^1] : name);
        return seen.TryAdd(key, name) ? null : seen[key];
    }

    private static Finding Refuse(string name, string other) => name == other
        ? ArchiveFindings.Name("archive.duplicate", [name], "the archive holds this file twice.")
        : ArchiveFindings.Name("archive.collision", [name, other], "the names are the same file on some systems; rename one of them.");
}
