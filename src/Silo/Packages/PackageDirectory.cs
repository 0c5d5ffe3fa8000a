using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages;

/// <summary>One directory of a package that has files in it or below.</summary>
/// <param name="path">Relative with forward slashes; empty for the top.</param>
internal sealed class PackageDirectory(string path)
{
    private readonly List<PackageFile> files = [];
    private readonly List<PackageDirectory> directories = [];

    public string Path => path;

    /// <summary>Ordered by name, ordinally.</summary>
    public IReadOnlyList<PackageFile> Files => files;

    /// <summary>Ordered by name, ordinally.</summary>
    public IReadOnlyList<PackageDirectory> Directories => directories;

    /// <summary>Files that a definition can be in: not hidden, with this suffix and something before it.</summary>
    public IEnumerable<PackageFile> WithSuffix(string suffix) => files.Where(file =>
    {
        var name = NameOf(file);
        return name.Length > suffix.Length && name[0] != '.' && name.EndsWith(suffix, StringComparison.Ordinal);
    });

    /// <summary>This directory and all below, each before what it contains.</summary>
    public IEnumerable<PackageDirectory> SelfAndBelow()
    {
        var open = new Stack<PackageDirectory>([this]);
        while (open.TryPop(out var directory))
        {
            yield return directory;
            for (var i = directory.directories.Count - 1; i >= 0; i--) open.Push(directory.directories[i]);
        }
    }

    /// <summary>The last part of a file's path.</summary>
    public static string NameOf(PackageFile file) => file.Path[(file.Path.LastIndexOf('/') + 1)..];

    /// <param name="ordered">Ordered by path, ordinally.</param>
    public static PackageDirectory Build(IEnumerable<PackageFile> ordered)
    {
        var byPath = new Dictionary<string, PackageDirectory>(StringComparer.Ordinal) { [""] = new("") };
        foreach (var file in ordered) Ensure(byPath, ParentOf(file.Path)).files.Add(file);
        foreach (var directory in byPath.Values) directory.directories.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return byPath[""];
    }

    private static PackageDirectory Ensure(Dictionary<string, PackageDirectory> byPath, string path)
    {
        if (byPath.TryGetValue(path, out var known)) return known;

        var directory = byPath[path] = new PackageDirectory(path);
        for (var child = directory; ;)
        {
            var parentPath = ParentOf(child.Path);
            if (byPath.TryGetValue(parentPath, out var parent))
            {
                parent.directories.Add(child);
                return directory;
            }

            parent = byPath[parentPath] = new PackageDirectory(parentPath);
            parent.directories.Add(child);
            child = parent;
        }
    }

    private static string ParentOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";
}
