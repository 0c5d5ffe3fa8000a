using System.Collections.Frozen;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Plugins;

namespace Scheduler.Silo.Nodes;

/// <summary>
/// A node type the engine resolves by itself, inside the execution's grain: no slot, no silo, no log. Its start is stored before
/// it runs, like that of any node.
/// </summary>
internal interface IControlNode
{
    /// <summary>The node type it stands for.</summary>
    string Type { get; }

    /// <summary>Must return at once and must not throw; it runs inside the grain's turn.</summary>
    AttemptResult Run(AttemptId attempt);
}

/// <summary>A node that does nothing: a place where edges meet.</summary>
[NodeType(
    "noop", Title = "Nothing", TitleZh = "空操作", Description = "Does nothing: a place where arrows meet.", DescriptionZh = "不执行任何操作，只用来汇合依赖。",
    Settings = typeof(NoSettings))]
internal sealed class NoopNode : IControlNode
{
    private static readonly AttemptResult Succeeded = new AttemptResult.Succeeded(new Dictionary<string, string>());

    public string Type => "noop";

    public AttemptResult Run(AttemptId attempt) => Succeeded;
}

/// <summary>Of a node type that can be told nothing.</summary>
internal sealed class NoSettings;

/// <summary>The control node types of this process.</summary>
internal sealed class ControlNodes(IEnumerable<IControlNode> nodes)
{
    private readonly FrozenDictionary<string, IControlNode> byType = nodes.ToFrozenDictionary(node => node.Type, StringComparer.Ordinal);

    public IReadOnlySet<string> Types { get; } = nodes.Select(node => node.Type).ToFrozenSet(StringComparer.Ordinal);

    public AttemptResult Run(string type, AttemptId attempt) => byType[type].Run(attempt);
}
