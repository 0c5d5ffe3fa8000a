using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// An execution under test. It keeps the journal as a grain would, carries out commands by remembering them, and answers control
/// nodes at once. After every turn it also rebuilds the execution from its journal and compares.
/// </summary>
internal sealed class Instance
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly AttemptResult Success = new AttemptResult.Succeeded(new Dictionary<string, string>());

    private readonly ExecutionOptions options;
    private readonly IReadOnlyList<string> gates;
    private readonly ExecutionTurn turn = new();
    private readonly Queue<ExecutionInput> inbox = new();

    private Instance(string text, ExecutionOptions options, IReadOnlyList<string> gates)
    {
        this.options = options;
        this.gates = gates;
        Graph = GraphText.Compile(text);
        Machine = new ExecutionMachine(Graph, options, closedGates: gates.Select(At));
    }

    public ExecutionGraph Graph { get; }

    public ExecutionMachine Machine { get; private set; }

    public DateTimeOffset Now { get; private set; } = Noon;

    public List<ReadOnlyMemory<byte>> Rows { get; } = [];

    public List<ExecutionEvent> History { get; } = [];

    /// <summary>All commands of the last turn.</summary>
    public List<ExecutionCommand> Commands { get; } = [];

    /// <summary>What the last order was answered.</summary>
    public ControlResult Answer { get; private set; }

    public ExecutionStatus Status => Machine.Status;

    /// <summary>Plugin nodes with an attempt that is handed out, by path.</summary>
    public IEnumerable<string> Ready =>
        Machine.Outstanding().Where(attempt => !attempt.IsControl).Select(attempt => Graph.PathOf(attempt.Node));

    /// <summary>All nodes and their statuses: <c>a Succeeded, b Omitted</c>.</summary>
    public string Statuses => string.Join(", ", ExecutionViews.Nodes(Machine.State).Select(node => $"{node.Path} {node.Status}"));

    public NodeView this[string path] => ExecutionViews.Nodes(Machine.State)[At(path)];

    /// <summary>A started execution.</summary>
    public static Instance Of(string text, ExecutionOptions? options = null, params string[] gates) =>
        Planned(text, options, gates).Start();

    public static Instance Of(string text, FailureAction action) => Of(text, new ExecutionOptions { FailureAction = action });

    /// <summary>Options of an execution that may take so long.</summary>
    public static ExecutionOptions Within(string timeout) =>
        new() { Parameters = new Dictionary<string, string> { [ExecutionSettings.TimeoutKey] = timeout } };

    public static Instance Disabling(string text, params DisabledNode[] disabled) => Of(text, new ExecutionOptions { Disabled = disabled });

    /// <summary>An execution that has not started.</summary>
    public static Instance Planned(string text, ExecutionOptions? options = null, params string[] gates) =>
        new(text, options ?? new ExecutionOptions(), gates);

    public Instance Start() => Handle(new ExecutionInput.Start());

    public Instance Begin(params string[] paths) => Each(paths, node => new ExecutionInput.NodeStarted(node, Attempt(node), Call(node)));

    public Instance Finish(params string[] paths) => Each(paths, node => Ended(node, Success));

    public Instance FinishWith(string path, string key, string value) =>
        Each([path], node => Ended(node, new AttemptResult.Succeeded(new Dictionary<string, string> { [key] = value })));

    public Instance Fail(params string[] paths) => Each(paths, node => Ended(node, Failure(canRetry: true)));

    public Instance FailForGood(string path) => Each([path], node => Ended(node, Failure(canRetry: false)));

    public Instance Stopped(params string[] paths) => Each(paths, node => Ended(node, new AttemptResult.Cancelled()));

    public Instance Interrupt(params string[] paths) => Each(paths, node => Ended(node, new AttemptResult.Interrupted("silo stops")));

    public Instance Lose(params string[] paths) => Each(paths, node => Ended(node, new AttemptResult.Lost("silo gone")));

    /// <summary>Ten seconds each.</summary>
    public Instance Sleep(params string[] paths) =>
        Each(paths, node => Ended(node, new AttemptResult.Waiting("for a file", TimeSpan.FromSeconds(10))));

    public Instance SaveHandle(string path, string? handle) =>
        Each([path], node => new ExecutionInput.HandleSaved(node, Attempt(node), handle, Call(node)));

    public Instance FailKill(string path) =>
        Each([path], node => Ended(node, new AttemptResult.Failed(ExecutionMachine.KillFailedCode, "The server says no", false)));

    public Instance Cancel() => Handle(new ExecutionInput.Cancel("ann"));

    public Instance Pause() => Handle(new ExecutionInput.Pause("ann"));

    public Instance Resume() => Handle(new ExecutionInput.Resume("ann"));

    public Instance RetryFailed() => Handle(new ExecutionInput.RetryFailed("ann"));

    public Instance OpenGate(string path) => Handle(new ExecutionInput.GateOpened(At(path)));

    /// <summary>Time passes and the timer goes off.</summary>
    public Instance Wait(TimeSpan time)
    {
        Now += time;
        return Handle(new ExecutionInput.TimerDue());
    }

    public Instance Handle(ExecutionInput input)
    {
        Commands.Clear();
        inbox.Enqueue(input);
        while (inbox.TryDequeue(out var next)) Take(next);
        return this;
    }

    public int At(string path) => Graph.Find(path) ?? throw new ArgumentException($"no node {path}");

    private static AttemptResult.Failed Failure(bool canRetry) => new AttemptResult.Failed("test.failed", "it broke", canRetry);

    private int Attempt(int node) => Machine.State[node].Attempt;

    private int Call(int node) => Machine.State[node].Call;

    private ExecutionInput.NodeEnded Ended(int node, AttemptResult result) => new(node, Attempt(node), result, Call(node));

    private Instance Each(string[] paths, Func<int, ExecutionInput> input)
    {
        foreach (var path in paths) Handle(input(At(path)));
        return this;
    }

    private void Take(ExecutionInput input)
    {
        turn.Clear();
        Answer = Machine.Handle(input, Now, turn);
        History.AddRange(turn.Events);
        Commands.AddRange(turn.Commands);
        if (turn.Events.Count > 0) Rows.Add(ExecutionCodec.EncodeRow(turn.Events));
        if (gates.Count == 0) AssertReplayGivesTheSame();

        AssertSnapshotGivesTheSame();
        foreach (var command in turn.Commands.Where(command => command.Kind == CommandKind.RunControl))
            inbox.Enqueue(new ExecutionInput.NodeEnded(command.Node, command.Attempt, Success));
    }

    private void AssertSnapshotGivesTheSame()
    {
        var snapshot = ExecutionCodec.EncodeSnapshot(Machine.State);
        var restored = ExecutionMachine.Restore(Graph, options, snapshot, [], closedGates: gates.Select(At));
        Assert.Equal(Machine.WakeAt, restored.WakeAt);
        if (gates.Count == 0) Assert.Equal(snapshot, ExecutionCodec.EncodeSnapshot(restored.State));
    }

    private void AssertReplayGivesTheSame()
    {
        var replayed = ExecutionMachine.Restore(Graph, options, default, Rows);
        Assert.Equal(ExecutionCodec.EncodeSnapshot(Machine.State), ExecutionCodec.EncodeSnapshot(replayed.State));
    }
}
