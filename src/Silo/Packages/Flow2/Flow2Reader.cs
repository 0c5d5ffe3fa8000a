using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Packages;
using Scheduler.Silo.Nodes;
using Scheduler.Silo.Packages.Yaml;

namespace Scheduler.Silo.Packages.Flow2;

/// <summary>Reads a package of <c>.flow</c> files: one workflow per file, and one more for each node of type <c>flow</c> inside.</summary>
internal sealed class Flow2Reader(DefinitionFiles definitions, DefinitionOptions options, NodeTypes types, FindingList findings)
{
    private const string Suffix = ".flow";

    private readonly HashSet<string> files = new(StringComparer.Ordinal);
    private readonly Flow2Workflows workflows = new(options, types, findings);
    private int yamlNodes;

    /// <summary>What the files say; meaningless when there are errors among the findings.</summary>
    public PackageDefinition Read(PackageTree tree, CancellationToken cancellationToken)
    {
        foreach (var directory in tree.Top.SelfAndBelow())
            foreach (var file in directory.WithSuffix(Suffix))
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadFile(file);
            }

        return new PackageDefinition { Format = PackageFormat.Flow2, Workflows = workflows.ToList() };
    }

    private void ReadFile(PackageFile file)
    {
        var id = PackageDirectory.NameOf(file)[..^Suffix.Length];
        if (ReadDocument(file) is not { } document) return;
        if (new FlowFileReader(file.Path, findings).Read(id, document) is not { } flow) return;

        var trigger = flow.Trigger is { } block ? new TriggerReader(file.Path, findings).Read(block) : null;
        if (!files.Add(id)) findings.Add(Flow2Findings.DuplicateWorkflow(id, file.Path));
        else workflows.Add(flow, trigger, file.Path);
    }

    private YamlMap? ReadDocument(PackageFile file)
    {
        if (definitions.Read(file, out var reason) is not { } bytes) return Refuse(file, reason, null);

        var limit = Math.Min(options.MaxYamlNodes, options.MaxTotalYamlNodes - yamlNodes);
        var yaml = YamlReader.Read(bytes, options.MaxYamlDepth, limit);
        if (yaml is YamlResult.Refused { Fault: var fault }) return Refuse(file, fault.Message, fault.Line);

        var (root, size, repeatedKeys) = (YamlResult.Document)yaml;
        yamlNodes += size;
        findings.AddRange(repeatedKeys.Select(key => Flow2Findings.RepeatedKey(key.Text, file.Path, key.Line)));
        if (root is null or YamlScalar { IsNull: true }) findings.Add(Flow2Findings.NothingInFlow(file.Path));
        else if (root is not YamlMap) return Refuse(file, "the file does not hold a map", root.Line);
        return root as YamlMap;
    }

    private YamlMap? Refuse(PackageFile file, string why, int? line)
    {
        findings.Add(Flow2Findings.FlowUnreadable(file.Path, why, line));
        return null;
    }
}
