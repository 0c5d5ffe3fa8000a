using System.Globalization;

namespace Scheduler.Silo.Nodes.Parameters;

/// <summary>The properties the platform itself gives an attempt, under the names Azkaban uses.</summary>
/// <param name="Values">Win over every layer: a script can trust them.</param>
/// <param name="Defaults">Lose to every layer.</param>
/// <param name="Prefixes">Stand before what the layers say, with a blank between; alone when they say nothing.</param>
internal sealed record SystemProperties(
    IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Defaults, IReadOnlyDictionary<string, string> Prefixes)
{
    private static readonly Dictionary<string, string> Empty = [];

    /// <summary>Nothing at all.</summary>
    public static SystemProperties None { get; } = new(Empty, Empty, Empty);

    /// <summary>What every attempt will have, before there is one: values that depend on it are given as references.</summary>
    public static SystemProperties Promised { get; } =
        new(Empty, new Dictionary<string, string> { ["user.to.proxy"] = "${user.to.proxy}", ["working.dir"] = "${working.dir}" }, Empty);

    /// <summary>What all attempts of an execution share; make it once.</summary>
    public static ExecutionProperties ForExecution(ExecutionFacts facts) => new(facts);

    /// <summary>Everything for one attempt.</summary>
    public static SystemProperties ForNode(ExecutionProperties execution, NodeFacts node)
    {
        var facts = execution.Facts;
        var name = node.Path[^1];
        var path = node.Path.Count == 1 ? name : string.Join(':', node.Path);

        var values = execution.Copy(spare: 14);
        if (node.Path.Count > 1) values["azkaban.flow.nested.path"] = path;
        values["azkaban.job.id"] = name;
        values["azkaban.job.attempt"] = Attempt(node);
        values["azkaban.job.innodes"] = string.Join(',', node.Parents);
        values["azkaban.job.outnodes"] = string.Join(',', node.Children);
        AddFiles(values, facts, node);
        if (facts.BaseUrl is not null) AddLinks(values, ExecutionProperties.Root(facts.BaseUrl), facts, node, path);

        // What Azkaban says unless a request turns its memory check off, which cannot be asked for here.
        values["azkaban.memory.check"] = "true";

        var defaults = new Dictionary<string, string> { ["user.to.proxy"] = facts.SubmittedBy };
        if (node.DefaultDirectory is not null) defaults["working.dir"] = node.DefaultDirectory;

        var arguments = $"'-Dazkaban.flowid={node.WorkflowId}' '-Dazkaban.execid={facts.ExecutionId}' '-Dazkaban.jobid={name}'";
        return new SystemProperties(values, defaults, new Dictionary<string, string> { ["jvm.args"] = arguments });
    }

    private static void AddFiles(Dictionary<string, string> values, ExecutionFacts facts, NodeFacts node)
    {
        var retry = node.Attempt > 1 ? $".{Attempt(node)}" : "";
        var stem = $"_job.{facts.ExecutionId}{retry}.{string.Join("._.", node.Path)}";
        values["azkaban.job.metadata.file"] = $"{stem}.meta";
        values["azkaban.job.attachment.file"] = $"{stem}.attach";
        values["azkaban.job.log.file"] = $"{stem}.log";
    }

    /// <summary>Names stand in the links as they are, because existing readers take them apart again without decoding.</summary>
    private static void AddLinks(Dictionary<string, string> values, string root, ExecutionFacts facts, NodeFacts node, string path)
    {
        var workflow = $"{root}/manager?project={facts.ProjectName}&flow={node.WorkflowId}";
        var execution = $"{root}/executor?execid={facts.ExecutionId}&job={path}";
        values["azkaban.link.workflow.url"] = workflow;
        values["azkaban.link.job.url"] = $"{workflow}&job={node.Path[^1]}";
        values["azkaban.link.jobexec.url"] = execution;
        values["azkaban.link.attempt.url"] = $"{execution}&attempt={Attempt(node)}";
    }

    private static string Attempt(NodeFacts node) => (node.Attempt - 1).ToString(CultureInfo.InvariantCulture);
}
