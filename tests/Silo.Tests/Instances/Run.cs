using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>
/// Plays a scenario: its steps first, then whatever it takes to bring the execution to its end. A <see cref="Referee"/> watches every
/// event.
/// </summary>
internal sealed class Run
{
    private const int MaxLosses = ExecutionMachine.DefaultLostBudget;

    private readonly Scenario scenario;
    private readonly bool crashes;
    private readonly ExecutionOptions options;
    private readonly Referee referee;
    private readonly ExecutionTurn turn = new();
    private readonly List<ExecutionInput> past = [];
    private readonly Dictionary<string, int> plans;
    private readonly int[] failures;
    private readonly int[] hangs;
    private readonly int[] sleeps;
    private readonly int[] losses;
    private DateTimeOffset now = Instance.Noon;

    private Run(Scenario scenario, bool crashes)
    {
        this.scenario = scenario;
        this.crashes = crashes;
        options = scenario.Options;
        Graph = scenario.Compile();
        Machine = new ExecutionMachine(Graph, options);
        referee = new Referee(scenario, Graph);
        plans = Enumerable.Range(0, scenario.Plans.Length).ToDictionary(scenario.PathOf);
        failures = new int[Graph.Count];
        hangs = new int[Graph.Count];
        sleeps = new int[Graph.Count];
        losses = new int[Graph.Count];
    }

    public ExecutionGraph Graph { get; }

    public ExecutionMachine Machine { get; private set; }

    public List<ReadOnlyMemory<byte>> Rows { get; } = [];

    /// <summary>The snapshot after each row.</summary>
    public List<byte[]> Snapshots { get; } = [];

    public IReadOnlyList<NodeView> Nodes => ExecutionViews.Nodes(Machine.State);

    /// <param name="scenario">What to play.</param>
    /// <param name="crashes">False: steps that crash do nothing.</param>
    public static Run ToTheEnd(Scenario scenario, bool crashes = true)
    {
        var run = new Run(scenario, crashes);
        run.Take(new ExecutionInput.Start());
        foreach (var step in scenario.Steps) run.Play(step);
        for (var left = 10_000; !run.Machine.IsTerminal; left--)
        {
            Assert.True(left > 0, "it goes on for ever");
            run.Play(run.NextNeeded());
        }

        run.referee.CheckEnd(run.Machine.State, run.Nodes);
        return run;
    }

    private Step NextNeeded()
    {
        if (Machine.Status == ExecutionStatus.Paused) return new(StepKind.Resume, 0);
        if (Machine.Outstanding().ToList().FindIndex(attempt => !Hangs(attempt.Node)) is var answers and >= 0) return new(StepKind.Answer, answers);
        Assert.True(Machine.WakeAt is not null, "it waits for nothing");
        return new(StepKind.Wait, 0);
    }

    private void Play(Step step)
    {
        var outstanding = Machine.Outstanding().ToList();
        var picked = outstanding.Count == 0 ? new(-1, 0, default, false, 0) : outstanding[step.Pick % outstanding.Count];
        var (node, attempt, call) = (picked.Node, picked.Attempt, picked.Call);

        switch (step.Kind)
        {
            case StepKind.Answer when node >= 0 && WillHang(node): Take(new ExecutionInput.NodeStarted(node, attempt, call)); break;
            case StepKind.Answer when node >= 0: End(picked, Result(node, step.Pick)); break;
            case StepKind.Report when node >= 0 && MayReport(node): Take(new ExecutionInput.NodeStarted(node, attempt, call)); break;
            case StepKind.SaveHandle when node >= 0 && PlanOf(node) is { HasHandle: true, Kind: NodeKind.Plugin }:
                Take(new ExecutionInput.HandleSaved(node, attempt, MayForget(picked) && step.Pick % 4 == 3 ? null : $"h{step.Pick % 4}", call));
                break;
            case StepKind.Lose when node >= 0 && (losses[node]++ < MaxLosses || scenario.IsWild):
                End(picked, new AttemptResult.Lost("gone"));
                break;
            case StepKind.Interrupt when node >= 0: End(picked, new AttemptResult.Interrupted("its silo stops")); break;
            case StepKind.AnswerAgain when past.Count > 0: Repeat(past[step.Pick % past.Count]); break;
            case StepKind.Wait:
                now = Machine.WakeAt > now ? Machine.WakeAt.Value : now.AddMilliseconds(step.Pick);
                Take(new ExecutionInput.TimerDue());
                referee.CheckNothingIsOverdue(now);
                break;
            case StepKind.Crash when crashes: Crash(step.Pick); break;
            case StepKind.Pause: Take(new ExecutionInput.Pause("ann")); break;
            case StepKind.Resume: Take(new ExecutionInput.Resume("ann")); break;
            case StepKind.Cancel: Take(new ExecutionInput.Cancel("ann")); break;
            case StepKind.RetryFailed: Take(new ExecutionInput.RetryFailed("ann")); break;
            default: break;
        }
    }

    /// <summary>False for one that is being stopped: the end of its call, which its work elsewhere outlived, would count when it comes again.</summary>
    private static bool MayForget(OutstandingAttempt attempt) => !attempt.State.IsStopping();

    private NodePlan PlanOf(int node) => scenario.Plans[plans[Graph.PathOf(node)]];

    /// <summary>True for an attempt that runs until it is stopped, whether it has been seen running or not.</summary>
    private bool WillHang(int node) =>
        PlanOf(node).Kind == NodeKind.Plugin && hangs[node] < PlanOf(node).Hangs && !Machine.State[node].State.IsStopping();

    private bool Hangs(int node) => WillHang(node) && Machine.State[node].State == NodeState.Running;

    /// <summary>What is never seen running has no deadline, and so ends as it is meant to.</summary>
    private bool MayReport(int node) => scenario.IsWild || PlanOf(node).Timeout == 0 || WillHang(node);

    private void End(OutstandingAttempt attempt, AttemptResult result)
    {
        var mayGoOnElsewhere = attempt.State.IsStopping() && Machine.State[attempt.Node].Handle is not null
            && result is AttemptResult.Lost or AttemptResult.Interrupted or AttemptResult.Waiting;
        Take(new ExecutionInput.NodeEnded(attempt.Node, attempt.Attempt, result, attempt.Call));

        if (mayGoOnElsewhere) Assert.Empty(turn.Events);
        else if (attempt.State == NodeState.TimingOut) hangs[attempt.Node]++;
    }

    private AttemptResult Result(int node, int pick)
    {
        var plan = PlanOf(node);
        if (plan.Kind == NodeKind.Plugin && sleeps[node] < plan.Sleeps)
        {
            sleeps[node]++;
            return new AttemptResult.Waiting("for a file", TimeSpan.FromMilliseconds(1_000 + (20 * pick)));
        }

        if (Machine.State[node].State.IsStopping() && pick % 2 == 0) return new AttemptResult.Cancelled();
        if (plan.Kind == NodeKind.Plugin && failures[node] < plan.Failures)
        {
            if (!Machine.State[node].State.IsStopping()) failures[node]++;
            return new AttemptResult.Failed("test.failed", "it broke", true);
        }

        return new AttemptResult.Succeeded(new Dictionary<string, string> { ["k"] = plan.Output });
    }

    private void Take(ExecutionInput input)
    {
        turn.Clear();
        Machine.Handle(input, now, turn);
        if (input is ExecutionInput.NodeEnded or ExecutionInput.NodeStarted) past.Add(input);
        referee.Watch(turn);
        if (turn.Events.Count == 0) return;

        Rows.Add(ExecutionCodec.EncodeRow(turn.Events));
        Snapshots.Add(ExecutionCodec.EncodeSnapshot(Machine.State));
    }

    private void Repeat(ExecutionInput input)
    {
        turn.Clear();
        Machine.Handle(input, now, turn);
        Assert.Empty(turn.Events);
        Assert.DoesNotContain(turn.Commands, command => command.Kind != CommandKind.WakeAt);
    }

    private void Crash(int pick)
    {
        var kept = pick % (Rows.Count + 1);
        var snapshot = kept == 0 ? [] : Snapshots[kept - 1];
        Machine = ExecutionMachine.Restore(Graph, options, snapshot, Rows.Skip(kept));
    }
}
