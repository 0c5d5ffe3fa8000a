using System.Globalization;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Packages.Yaml;

namespace Scheduler.Silo.Packages.Flow2;

/// <summary>Decides which format a package has: Flow 2.0 for all of it when there is a <c>.project</c> file, else Flow 1.0.</summary>
internal static class ProjectFile
{
    private const string Suffix = ".project";
    private const string VersionKey = "azkaban-flow-version";
    private const double Version = 2.0;

    /// <summary>The first directory with <c>.project</c> files decides, each directory before those inside it.</summary>
    /// <returns>The format, or why the package is none.</returns>
    public static (PackageFormat Format, Finding? Refusal) Choose(PackageTree tree, DefinitionFiles definitions, DefinitionOptions options)
    {
        foreach (var directory in tree.Top.SelfAndBelow())
        {
            var files = directory.WithSuffix(Suffix).Take(2).ToList();
            if (files.Count > 1) return (default, Flow2Findings.DuplicateProjectFile(files[1].Path));
            if (files.Count == 1) return (PackageFormat.Flow2, Check(files[0], definitions, options));
        }

        return (PackageFormat.Flow1, null);
    }

    private static Finding? Check(PackageFile file, DefinitionFiles definitions, DefinitionOptions options)
    {
        if (definitions.Read(file, out _) is not { } bytes) return Flow2Findings.ProjectUnreadable(file.Path, null);

        var yaml = YamlReader.Read(bytes, options.MaxYamlDepth, options.MaxYamlNodes);
        if (yaml is YamlResult.Refused { Fault: var fault }) return Flow2Findings.ProjectUnreadable(file.Path, fault.Line);
        if (((YamlResult.Document)yaml).Root is not { } root) return Flow2Findings.VersionMissing(file.Path);
        if (root is not YamlMap map)
            return root is YamlScalar { IsNull: true }
                ? Flow2Findings.VersionMissing(file.Path)
                : Flow2Findings.ProjectUnreadable(file.Path, root.Line);
        if (!map.Entries.TryGetValue(VersionKey, out var entry)) return Flow2Findings.VersionMissing(file.Path);

        return entry.Value is YamlScalar version && IsVersion(version) ? null : Flow2Findings.VersionInvalid(file.Path, entry.Value.Line);
    }

    /// <summary>The value must be what YAML 1.1 takes for a floating-point number, so neither <c>2</c> nor <c>"2.0"</c>.</summary>
    private static bool IsVersion(YamlScalar scalar) =>
        scalar.IsPlain && scalar.Text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0
        && double.TryParse(
            scalar.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var version)
        && version == Version;
}
