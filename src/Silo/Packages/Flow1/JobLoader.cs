using Scheduler.Contracts.Packages;

namespace Scheduler.Silo.Packages.Flow1;

/// <summary>All jobs of a package, ordered by name, and the layers they inherit.</summary>
/// <param name="Jobs">Names are unique; a name that was found twice is not among them.</param>
/// <param name="Duplicates">Names found more than once.</param>
/// <param name="Layers">One per directory with <c>.properties</c> files, merged with those above it.</param>
internal sealed record JobSet(
    IReadOnlyList<Job> Jobs, IReadOnlySet<string> Duplicates, IReadOnlyList<IReadOnlyDictionary<string, string>> Layers);

/// <summary>
/// Reads the <c>.job</c> and <c>.properties</c> files of a package. In a directory the <c>.properties</c> files are chained in the
/// order of their names, the last one winning; the first continues the chain of the directory above.
/// </summary>
internal sealed class JobLoader(DefinitionFiles definitions, DefinitionOptions options, FindingList findings)
{
    private const string PropertiesSuffix = ".properties";
    private const string JobSuffix = ".job";

    private readonly SortedDictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private readonly HashSet<string> duplicates = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyDictionary<string, string>> layers = [];
    private int inheritedKeys;

    public JobSet Load(PackageDirectory top, CancellationToken cancellationToken)
    {
        var open = new Stack<(PackageDirectory Directory, int? Layer)>([(top, null)]);
        while (open.TryPop(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var layer = LoadLayer(next.Directory, next.Layer);
            foreach (var file in next.Directory.WithSuffix(JobSuffix)) LoadJob(file, next.Directory, layer);
            for (var i = next.Directory.Directories.Count - 1; i >= 0; i--) open.Push((next.Directory.Directories[i], layer));
        }

        return new JobSet([.. jobs.Values], duplicates, layers);
    }

    private int? LoadLayer(PackageDirectory directory, int? parent)
    {
        Dictionary<string, string>? merged = null;
        foreach (var file in directory.WithSuffix(PropertiesSuffix))
        {
            if (Parse(file, Flow1Findings.PropertiesUnreadable) is not { } properties) continue;

            merged ??= Inherit(parent, file);
            if (merged is null) return parent;
            foreach (var (key, value) in properties.Values) merged[key] = value;
        }

        if (merged is null) return parent;
        inheritedKeys += merged.Count;
        layers.Add(merged);
        return layers.Count - 1;
    }

    /// <summary>A copy to add to; null, with a finding, when the package would hold too many copies.</summary>
    private Dictionary<string, string>? Inherit(int? parent, PackageFile file)
    {
        var inherited = parent is { } layer ? layers[layer] : new Dictionary<string, string>();
        if (inheritedKeys + inherited.Count <= options.MaxInheritedKeys)
            return new Dictionary<string, string>(inherited, StringComparer.Ordinal);

        findings.Add(Flow1Findings.TooManyInheritedKeys(options.MaxInheritedKeys, file.Path));
        return null;
    }

    private void LoadJob(PackageFile file, PackageDirectory directory, int? layer)
    {
        var name = PackageDirectory.NameOf(file)[..^JobSuffix.Length];
        if (duplicates.Contains(name)) return;

        if (jobs.Remove(name))
        {
            duplicates.Add(name);
            findings.Add(Flow1Findings.DuplicateJob(name, file.Path));
        }
        else if (Parse(file, Flow1Findings.JobUnreadable) is { } own)
            jobs.Add(name, new Job
            {
                Name = name,
                File = file.Path,
                Directory = directory.Path,
                Own = own,
                Layer = layer,
                Inherited = layer is { } position ? layers[position] : new Dictionary<string, string>(),
            });
    }

    private JavaProperties? Parse(PackageFile file, Func<PackageFile, string, int?, Finding> unreadable)
    {
        if (definitions.Read(file, out var reason) is not { } bytes)
        {
            findings.Add(unreadable(file, reason, null));
            return null;
        }

        var (properties, fault, line) = JavaProperties.Parse(bytes, options);
        if (properties is null) findings.Add(unreadable(file, fault, line));
        else if (EncodingChecks.Check(file.Path, bytes, properties) is { } warning) findings.Add(warning);
        return properties;
    }
}
