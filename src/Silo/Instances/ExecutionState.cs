using System.Runtime.CompilerServices;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Definitions;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Where an execution stands: the fold of its events and nothing else, so that replaying them gives the same state. It answers
/// questions and takes no decisions.
/// </summary>
/// <remarks>Gates are the one thing that is not stored: whoever restores an execution says which are closed.</remarks>
internal sealed partial class ExecutionState
{
    private readonly NodeSlot[] slots;
    private readonly int[] counts = new int[(int)NodeState.TimingOut + 1];
    private readonly HashSet<int> closedGates;
    private readonly WaitingLinks links;
    private readonly PriorityQueue<int, (long DueAt, int Node)> backOffs = new();
    private ExecutionStatus running = ExecutionStatus.Waiting;

    public ExecutionState(ExecutionGraph graph, IReadOnlyList<DisabledNode> disabled, IEnumerable<int> closedGates)
    {
        Graph = graph;
        this.closedGates = [.. closedGates];
        links = new WaitingLinks(graph.Count);
        WaitingCalls = new WaitingList(links);
        WaitingPlugins = new WaitingList(links);
        WaitingOthers = new WaitingList(links);
        slots = InitialSlots(graph);
        counts[(int)NodeState.Planned] = graph.Count;
        Disable(disabled);
    }

    public ExecutionGraph Graph { get; }

    public bool IsPaused { get; private set; }

    public ExecutionStatus Status => IsPaused ? ExecutionStatus.Paused : running;

    /// <summary>The status with any pause thought away.</summary>
    public ExecutionStatus StatusBehindPause => running;

    /// <summary>True: it has run longer than it may, and will end as timed out.</summary>
    public bool IsTimingOut { get; private set; }

    public long StartedAt { get; private set; } = NodeSlot.Never;

    public long EndedAt { get; private set; } = NodeSlot.Never;

    /// <summary>Time of the last event.</summary>
    public long UpdatedAt { get; private set; } = NodeSlot.Never;

    /// <summary>Attempts of plugin nodes that are out there.</summary>
    public int SlotsInUse { get; private set; }

    /// <summary>Plugin nodes whose attempt has slept and waits for a slot to go on.</summary>
    public WaitingList WaitingCalls { get; }

    /// <summary>Plugin nodes with an open gate that wait for a slot to begin.</summary>
    public WaitingList WaitingPlugins { get; }

    /// <summary>Control nodes and containers with an open gate that wait for the end of a pause.</summary>
    public WaitingList WaitingOthers { get; }

    /// <summary>
    /// Who gets the next slot: the one that has waited longest. A pause holds back what has not begun, and nothing else. -1 when there is
    /// none.
    /// </summary>
    public int NextForSlot => (WaitingCalls.First, IsPaused ? -1 : WaitingPlugins.First) switch
    {
        (var call, < 0) => call,
        ( < 0, var plugin) => plugin,
        var (call, plugin) => Slot(plugin).UpdatedAt < Slot(call).UpdatedAt ? plugin : call,
    };

    /// <summary>The earliest time at which a node that is backing off may start, or null.</summary>
    public long? NextDueAt
    {
        get
        {
            while (backOffs.TryPeek(out var node, out var priority))
            {
                if (IsBackingOffUntil(node, priority.DueAt)) return priority.DueAt;
                backOffs.Dequeue();
            }

            return null;
        }
    }

    /// <summary>A node, or <see cref="ExecutionGraph.Root"/>.</summary>
    public ref readonly NodeSlot this[int node] => ref Slot(node);

    /// <summary>How many nodes are in a state.</summary>
    public int Count(NodeState state) => counts[(int)state];

    /// <summary>
    /// True while an attempt of a plugin runs, sleeps, or waits to be called again: it has begun, so neither a pause nor a failure
    /// elsewhere stands in its way, and its time counts.
    /// </summary>
    public bool IsUnderWay(int node) =>
        Graph[node].Kind == NodeKind.Plugin && Slot(node) is var slot && slot.StartedAt != NodeSlot.Never
        && slot.State is NodeState.Running or NodeState.Queued or NodeState.Ready or NodeState.BackingOff;

    public bool IsGateOpen(int node) => !closedGates.Contains(node);

    /// <summary>True when the decision about it is due: its turn has come and nothing has happened to it.</summary>
    public bool IsCandidate(int node) => Slot(node).OpenParents == 0 && Slot(node).State.IsUntouched();

    /// <summary>Whether the endings of its parents, all of which have ended, let it start.</summary>
    public bool ParentsSatisfy(int node)
    {
        var failed = Slot(node).FailedParents;
        var succeeded = Graph.Parents(node).Length - failed;

        return Graph[node].Condition.Macro switch
        {
            ConditionMacro.AllSuccess => failed == 0,
            ConditionMacro.AllFailed => succeeded == 0,
            ConditionMacro.OneFailed => failed > 0,
            ConditionMacro.OneSuccess => succeeded > 0,
            _ => true,
        };
    }

    /// <summary>Removes one node whose back-off has ended, earliest first; null when there is none.</summary>
    public int? TakeDue(long now) => NextDueAt <= now ? backOffs.Dequeue() : null;

    /// <summary>Not an event: gates belong to another execution, which remembers them.</summary>
    public void OpenGate(int node)
    {
        if (closedGates.Remove(node) && Slot(node).State == NodeState.Ready && !links.IsLinked(node)) ListOf(node).Append(node);
    }

    private bool IsBackingOffUntil(int node, long dueAt) =>
        Slot(node) is { State: NodeState.BackingOff, Record: { } record } && record.DueAt == dueAt;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref NodeSlot Slot(int node) => ref slots[node + 1];

    private WaitingList ListOf(int node) =>
        Graph[node].Kind != NodeKind.Plugin ? WaitingOthers : IsUnderWay(node) ? WaitingCalls : WaitingPlugins;

    private static NodeSlot[] InitialSlots(ExecutionGraph graph)
    {
        var slots = new NodeSlot[graph.Count + 1];
        for (var node = ExecutionGraph.Root; node < graph.Count; node++)
            slots[node + 1] = new NodeSlot
            {
                Attempt = 1,
                OpenParents = node < 0 ? 0 : graph.Parents(node).Length,
                OpenMembers = graph.Members(node).Length,
                StartedAt = NodeSlot.Never,
                EndedAt = NodeSlot.Never,
                UpdatedAt = NodeSlot.Never,
            };

        return slots;
    }

    private void Disable(IReadOnlyList<DisabledNode> disabled)
    {
        foreach (var node in Graph.Select(disabled)) Move(node, ref Slot(node), NodeState.Disabled);
    }
}
