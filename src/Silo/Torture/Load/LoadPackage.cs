using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Torture.Load;

/// <summary>Planned workflows as a package that can be uploaded, and what an order for one of them says.</summary>
internal static class LoadPackage
{
    private const string Script = "job.sh";

    /// <summary>A Flow 2.0 archive of all workflows of a project.</summary>
    /// <param name="workflows">Of one project.</param>
    /// <param name="ledgers">Folder in which jobs keep their ledgers; its path holds no blank.</param>
    public static byte[] Create(IEnumerable<PlannedWorkflow> workflows, string ledgers)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            Add(archive, "torture.project", "azkaban-flow-version: 2.0\n");
            Add(archive, Script, ReadScript());
            foreach (var workflow in workflows) Add(archive, $"{workflow.Name}.flow", Describe(workflow, ledgers));
        }

        return bytes.ToArray();
    }

    /// <summary>The parameter <c>disabled</c> of an order.</summary>
    public static string DisabledIn(PlannedWorkflow workflow)
    {
        var items = new JsonArray();
        foreach (var node in workflow.Nodes)
            if (node.IsDisabled) items.Add(node.Name);
            else if (node.Members?.Any(member => member.IsDisabled) == true)
                items.Add(new JsonObject
                {
                    ["id"] = node.Name,
                    ["children"] = new JsonArray([.. node.Members.Where(member => member.IsDisabled).Select(member => (JsonNode)member.Name)]),
                });
        return items.ToJsonString();
    }

    private static string Describe(PlannedWorkflow workflow, string ledgers)
    {
        var text = new StringBuilder($"config:\n  failure.action: {NameOf(workflow.FailureAction)}\nnodes:\n");
        var open = new Stack<(PlannedNode Node, string Path, int Depth)>(Next(workflow.Nodes, "", 0));
        while (open.TryPop(out var next))
        {
            Describe(text, next.Node, next.Path, next.Depth, ledgers);
            foreach (var member in Next(next.Node.Members ?? [], $"{next.Path}:", next.Depth + 1)) open.Push(member);
        }

        return text.ToString();
    }

    /// <summary>Last first, as a stack wants them.</summary>
    private static IEnumerable<(PlannedNode Node, string Path, int Depth)> Next(IReadOnlyList<PlannedNode> nodes, string prefix, int depth) =>
        nodes.Reverse().Select(node => (node, prefix + node.Name, depth));

    private static void Describe(StringBuilder text, PlannedNode node, string path, int depth, string ledgers)
    {
        var indent = new string(' ', 2 + depth * 4);
        text.Append(CultureInfo.InvariantCulture, $"{indent}- name: {node.Name}\n");
        if (node.Parents.Count > 0) text.Append(CultureInfo.InvariantCulture, $"{indent}  dependsOn: [{string.Join(", ", node.Parents)}]\n");
        if (ConditionOf(node) is { } condition) text.Append(CultureInfo.InvariantCulture, $"{indent}  condition: '{condition}'\n");

        if (node.Members is not null) text.Append(CultureInfo.InvariantCulture, $"{indent}  type: flow\n{indent}  nodes:\n");
        else if (node.Job is not { } job) text.Append(CultureInfo.InvariantCulture, $"{indent}  type: noop\n");
        else
            text.Append(CultureInfo.InvariantCulture, $"{indent}  type: command\n{indent}  config:\n")
                .Append(CultureInfo.InvariantCulture, $"{indent}    command: {CommandOf(job, path, ledgers)}\n")
                .Append(CultureInfo.InvariantCulture, $"{indent}    retries: {job.Retries}\n")
                .Append(CultureInfo.InvariantCulture, $"{indent}    retry.backoff: {job.Backoff.TotalMilliseconds}\n")
                .Append(CultureInfo.InvariantCulture, $"{indent}    job.succeed.on.failure: {(job.IsTolerated ? "true" : "false")}\n");
    }

    private static string CommandOf(JobPlan job, string path, string ledgers) => string.Create(
        CultureInfo.InvariantCulture,
        $"sh {Script} {ledgers} {path} {job.Seconds} {(job.Failures == JobPlan.Always ? -1 : job.Failures)} {job.LogLines} {job.Answer ?? "-"}");

    private static string? ConditionOf(PlannedNode node)
    {
        var rule = node.Rule switch
        {
            ParentRule.AllSuccess => null,
            ParentRule.AllDone => "all_done",
            ParentRule.OneFailed => "one_failed",
            ParentRule.OneSuccess => "one_success",
            ParentRule.AllFailed => "all_failed",
            _ => throw new InvalidOperationException($"{node.Rule} is no rule."),
        };
        return node.WantedAnswer is { } answer ? $"${{{node.Parents[0]}:answer}} == \"{answer}\"" : rule;
    }

    private static string NameOf(FailureAction action) => action switch
    {
        FailureAction.FinishPossible => "finish_all_possible",
        FailureAction.CancelAll => "cancel_all",
        _ => "finish_currently_running",
    };

    private static void Add(ZipArchive archive, string name, string text)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string ReadScript()
    {
        using var stream = typeof(LoadPackage).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
