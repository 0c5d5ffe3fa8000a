using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>
/// Decides what an execution does next, by Azkaban's rules. Pure: it knows no clock, no storage and no threads. Each input leads to
/// events and commands in the <see cref="ExecutionTurn"/>; the caller stores the events of a turn as one row and only then carries
/// out its commands. Should storing fail, the machine is ahead of the store and must be thrown away.
/// </summary>
/// <remarks>Work is proportional to nodes and edges, whatever the order of inputs; nothing here recurses.</remarks>
internal sealed partial class ExecutionMachine
{
    /// <summary>Attempts of one node the platform may lose before the node fails.</summary>
    public const int DefaultLostBudget = 3;

    /// <summary>Code of a node of which too many attempts were lost.</summary>
    public const string LostCode = "platform.lost";

    /// <summary>Code of an attempt that ran longer than its author allows.</summary>
    public const string TimeoutCode = "node.timeout";

    /// <summary>Code of a kill that was given up: what goes on elsewhere could not be ended.</summary>
    public const string KillFailedCode = "node.kill-failed";

    private readonly ExecutionGraph graph;
    private readonly ExecutionState state;
    private readonly ExecutionSettings settings;
    private readonly Deadlines deadlines;
    private readonly FailureAction failureAction;
    private readonly int maxParallel;
    private readonly int lostBudget;
    private readonly Queue<int> ended = new();
    private readonly Queue<int> candidates = new();
    private ExecutionTurn turn = null!;
    private long now;
    private long? announcedWake;

    /// <summary>A new execution; nothing happens before <see cref="ExecutionInput.Start"/>.</summary>
    /// <param name="graph">What to run.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="lostBudget">Lost attempts of one node that are replaced; the next one fails it.</param>
    /// <param name="closedGates">Nodes that must not start before <see cref="ExecutionInput.GateOpened"/>. Not stored.</param>
    /// <param name="defaultTimeout">How long it may take when neither its package nor its order says; zero means for ever.</param>
    public ExecutionMachine(
        ExecutionGraph graph, ExecutionOptions options, int lostBudget = DefaultLostBudget, IEnumerable<int>? closedGates = null,
        TimeSpan defaultTimeout = default)
    {
        this.graph = graph;
        this.lostBudget = lostBudget;
        state = new ExecutionState(graph, options.Disabled, closedGates ?? []);
        settings = ExecutionSettings.Of(graph, options, defaultTimeout);
        deadlines = new Deadlines(state, settings);
        failureAction = options.OverridesFailureAction ? options.FailureAction : graph.Workflow.FailureAction ?? options.FailureAction;
        maxParallel = Math.Max(1, options.MaxParallelNodes);
    }

    public ExecutionGraph Graph => graph;

    /// <summary>Everything there is to know about it. Includes what is not stored yet.</summary>
    public ExecutionState State => state;

    public ExecutionStatus Status => state.Status;

    public bool IsTerminal => state.Status.IsTerminal();

    /// <summary>When it wants <see cref="ExecutionInput.TimerDue"/>, or null.</summary>
    public DateTimeOffset? WakeAt => NextWake is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private long? NextWake => Earlier(Earlier(state.NextDueAt, deadlines.Next), deadlines.OfExecution);

    /// <summary>Attempts that are handed out and have not ended, by node. What a crash may have interrupted.</summary>
    public IEnumerable<OutstandingAttempt> Outstanding()
    {
        for (var node = 0; node < graph.Count; node++)
            if (state[node].State.IsOutstanding() && graph[node].Kind != NodeKind.Container)
                yield return new(node, state[node].Attempt, state[node].State, graph[node].Kind == NodeKind.Control, state[node].Call);
    }

    /// <summary>Takes one input.</summary>
    /// <param name="input">What happened outside.</param>
    /// <param name="at">When; a time before that of the last event is taken as that one, so that history never runs backwards.</param>
    /// <param name="turn">Gets what follows from it. Several inputs may share a turn.</param>
    /// <returns>What became of it when somebody waits to hear: of a person's order, or of a handle. Of no meaning for other inputs.</returns>
    public ControlResult Handle(ExecutionInput input, DateTimeOffset at, ExecutionTurn turn)
    {
        if (IsTerminal) return ControlResult.NotActive;

        this.turn = turn;
        now = Math.Max(at.ToUnixTimeMilliseconds(), state.UpdatedAt);
        var result = Apply(input);
        Advance();
        AnnounceWake(force: input is ExecutionInput.TimerDue);
        return result;
    }

    private ControlResult Apply(ExecutionInput input)
    {
        switch (input)
        {
            case ExecutionInput.Cancel(var user): return Cancel(user);
            case ExecutionInput.Pause(var user): return Pause(user);
            case ExecutionInput.Resume(var user): return Resume(user);
            case ExecutionInput.RetryFailed(var user): return RetryFailed(user);
            case ExecutionInput.HandleSaved(var node, var attempt, var handle, var call): return SaveHandle(node, attempt, call, handle);
            case ExecutionInput.Start: Start(); break;
            case ExecutionInput.Adopted(var owner): Emit(ExecutionEvent.OfExecution(EventKind.ExecutionAdopted, now, owner)); break;
            case ExecutionInput.NodeStarted(var node, var attempt, var call): AttemptStarted(node, attempt, call); break;
            case ExecutionInput.NodeEnded(var node, var attempt, var result, var call): AttemptEnded(node, attempt, call, result); break;
            case ExecutionInput.TimerDue: DoWhatIsDue(); break;
            case ExecutionInput.GateOpened(var node): state.OpenGate(node); break;
            default: throw new ArgumentOutOfRangeException(nameof(input), input, "Not an input.");
        }

        return ControlResult.Done;
    }

    private void Emit(in ExecutionEvent happened)
    {
        state.Fold(happened);
        turn.Add(happened);
    }

    private void EmitNode(EventKind kind, int node) => Emit(ExecutionEvent.OfNode(kind, now, node, state[node].Attempt));

    private void Command(CommandKind kind, int node) => turn.Add(ExecutionCommand.ForAttempt(kind, node, state[node].Attempt, state[node].Call));

    // A timer may fire a little early, so after one has fired the time is announced again even when it is the same.
    private void AnnounceWake(bool force)
    {
        var wake = IsTerminal ? null : NextWake;
        if (wake is { } at && (force || wake != announcedWake))
            turn.Add(ExecutionCommand.WakeAt(DateTimeOffset.FromUnixTimeMilliseconds(at)));

        announcedWake = wake;
    }

    private static long? Earlier(long? one, long? other) => one is null || other < one ? other : one;
}

/// <summary>An attempt whose end has not been recorded.</summary>
/// <param name="Node">Position in the graph.</param>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="State">Queued, running, or cancelling.</param>
/// <param name="IsControl">True: there is nothing to run; it only has to be reported as succeeded.</param>
/// <param name="Call">How often it has slept before.</param>
internal readonly record struct OutstandingAttempt(int Node, int Attempt, NodeState State, bool IsControl, int Call);
