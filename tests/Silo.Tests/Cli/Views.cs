using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Tests.Cli;

/// <summary>Executions written as text: one node per line, <c>path Status</c>, what is embedded after what embeds it.</summary>
internal static class Views
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public static ExecutionView Of(ExecutionStatus status, string nodes) => Of(status, [.. Parse(nodes)]);

    public static ExecutionView Of(ExecutionStatus status, IReadOnlyList<NodeView> nodes) => new()
    {
        Summary = new ExecutionSummary
        {
            Id = 1,
            ProjectId = 1,
            WorkflowId = "nightly",
            Version = 1,
            Status = status,
            SubmittedBy = "ada",
            SubmittedAt = Start,
            StartedAt = Start,
            EndedAt = status.IsTerminal() ? Start.AddSeconds(5) : null,
            UpdatedAt = Start,
        },
        Initiator = Initiator.Person,
        Options = new ExecutionOptions(),
        Nodes = nodes,
    };

    /// <summary>Every node that is not planned or waiting started at the first second; those that have ended did so a second later.</summary>
    public static List<NodeView> Parse(string nodes)
    {
        var views = new List<NodeView>();
        foreach (var line in nodes.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            views.Add(Node(views, line));
        return views;
    }

    private static NodeView Node(List<NodeView> before, string line)
    {
        var space = line.LastIndexOf(' ');
        var (path, status) = (line[..space], Enum.Parse<NodeStatus>(line[(space + 1)..]));
        var colon = path.LastIndexOf(':');
        var container = colon < 0 ? -1 : before.FindIndex(view => view.Path == path[..colon]);
        if (container >= 0) before[container] = before[container] with { Type = "flow", EmbeddedWorkflowId = path[..colon] };

        var hasStarted = status is not (NodeStatus.Planned or NodeStatus.Disabled or NodeStatus.Waiting or NodeStatus.Omitted or NodeStatus.Skipped);
        return new NodeView
        {
            Path = path,
            Name = path[(colon + 1)..],
            Type = "command",
            Container = container,
            Status = status,
            Attempt = 1,
            StartedAt = hasStarted ? Start.AddSeconds(1) : null,
            EndedAt = hasStarted && status.IsTerminal() ? Start.AddSeconds(2) : null,
        };
    }
}
