using System.Text;
using CsCheck;
using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Instances;
using Scheduler.Silo.Definitions;
using Scheduler.Silo.Instances;

namespace Scheduler.Silo.Tests.Instances;

/// <summary>One node of a random workflow. Picks are taken modulo what there is to pick from.</summary>
/// <param name="ContainerPick">Among the root and the containers in front of it.</param>
/// <param name="ParentPicks">Among the siblings in front of it.</param>
/// <param name="Kind">Plugin, control or container.</param>
/// <param name="Macro">Null for a node without a condition.</param>
/// <param name="AsksParent">True: its condition also wants output <c>k</c> of its first parent to be 1.</param>
/// <param name="Failures">How often it fails before it succeeds.</param>
/// <param name="Retries">As the author writes them.</param>
/// <param name="Delay">Its back-off in milliseconds.</param>
/// <param name="Hangs">How many of its first attempts run until they are stopped.</param>
/// <param name="Timeout">How long an attempt may run, in seconds; 0 for ever.</param>
/// <param name="TimeoutRetries">As the author writes them.</param>
/// <param name="Sleeps">How many of its first calls end in a sleep.</param>
/// <param name="HasHandle">True: it may save handles.</param>
/// <param name="IsTolerant">Its failure counts as success.</param>
/// <param name="IsDisabled">It is to be passed over.</param>
internal sealed record NodePlan(
    int ContainerPick, int[] ParentPicks, NodeKind Kind, ConditionMacro? Macro, bool AsksParent, int Failures, int Retries, int Delay,
    int Hangs, int Timeout, int TimeoutRetries, int Sleeps, bool HasHandle, bool IsTolerant, bool IsDisabled)
{
    /// <summary>Its output <c>k</c> when it succeeds.</summary>
    public string Output => Retries % 2 == 0 ? "1" : "0";
}

/// <summary>What happens next in a random run; <see cref="Pick"/> says to which attempt.</summary>
internal readonly record struct Step(StepKind Kind, int Pick);

internal enum StepKind
{
    Answer, AnswerAgain, Report, SaveHandle, Wait, Lose, Interrupt, Crash, Pause, Resume, Cancel, RetryFailed,
}

/// <summary>A random workflow, how to run it, and what happens meanwhile.</summary>
/// <param name="Plans">The nodes, parents before children.</param>
/// <param name="Action">What a failure does to the rest.</param>
/// <param name="MaxParallel">Attempts at one time.</param>
/// <param name="Timeout">How long the execution may take, in seconds; 0 for ever.</param>
/// <param name="IsWild">False: the endings follow from the workflow alone as long as no failure cuts it short.</param>
/// <param name="Steps">What happens before it is brought to its end.</param>
internal sealed record Scenario(NodePlan[] Plans, FailureAction Action, int MaxParallel, int Timeout, bool IsWild, Step[] Steps)
{
    private const string Root = "w";

    private readonly int[] containers = PickContainers(Plans);
    private readonly int[][] parents = PickParents(Plans, PickContainers(Plans));

    public ExecutionOptions Options => new()
    {
        FailureAction = Action,
        MaxParallelNodes = MaxParallel,
        Disabled = [.. Disabled(-1)],
        Parameters = Timeout == 0 ? [] : new Dictionary<string, string> { ["flow.timeout"] = $"{Timeout}s" },
    };

    public static string Name(int plan) => $"n{plan:d2}";

    /// <summary>The plan of the container, or -1.</summary>
    public int ContainerOf(int plan) => containers[plan];

    public int[] ParentsOf(int plan) => parents[plan];

    public IEnumerable<int> MembersOf(int container) => Enumerable.Range(0, Plans.Length).Where(plan => containers[plan] == container);

    public IEnumerable<int> ChildrenOf(int plan) =>
        Enumerable.Range(plan, Plans.Length - plan).Where(child => parents[child].Contains(plan));

    public string PathOf(int plan) => containers[plan] < 0 ? Name(plan) : $"{PathOf(containers[plan])}:{Name(plan)}";

    public ExecutionGraph Compile()
    {
        var workflows = Enumerable.Range(-1, Plans.Length + 1).Where(plan => plan < 0 || Plans[plan].Kind == NodeKind.Container)
            .Select(plan => new WorkflowDefinition { Id = IdOf(plan), Nodes = [.. MembersOf(plan).Select(Definition)] });
        var package = new PackageDefinition { Format = PackageFormat.Flow2, Workflows = [.. workflows] };

        return Assert.IsType<GraphCompilation.Compiled>(GraphCompiler.Compile(package, Root, 1000)).Graph;
    }

    public override string ToString()
    {
        var text = new StringBuilder().AppendLine($"{Action}, {MaxParallel} at a time, {Timeout} s");
        for (var plan = 0; plan < Plans.Length; plan++)
            text.AppendLine($"{PathOf(plan)} after [{string.Join(' ', ParentsOf(plan).Select(Name))}] {Plans[plan]}");

        return text.AppendJoin(", ", Steps).ToString();
    }

    private static int[] PickContainers(NodePlan[] plans)
    {
        var choices = new List<int> { -1 };
        var picked = new int[plans.Length];
        for (var plan = 0; plan < plans.Length; plan++)
        {
            picked[plan] = choices[plans[plan].ContainerPick % choices.Count];
            if (plans[plan].Kind == NodeKind.Container) choices.Add(plan);
        }

        return picked;
    }

    private static int[][] PickParents(NodePlan[] plans, int[] containers) =>
        [.. plans.Select((plan, position) =>
        {
            var siblings = Enumerable.Range(0, position).Where(other => containers[other] == containers[position]).ToArray();
            return siblings.Length == 0 ? [] : plan.ParentPicks.Select(pick => siblings[pick % siblings.Length]).Distinct().ToArray();
        })];

    private static string IdOf(int container) => container < 0 ? Root : $"{Root}:{Name(container)}";

    private IEnumerable<DisabledNode> Disabled(int container) =>
        from plan in MembersOf(container)
        let inside = Plans[plan].Kind == NodeKind.Container && !Plans[plan].IsDisabled ? Disabled(plan).ToList() : null
        where Plans[plan].IsDisabled || inside is not null
        select new DisabledNode(Name(plan), inside);

    private NodeDefinition Definition(int plan) => new()
    {
        Name = Name(plan),
        Type = Plans[plan].Kind switch { NodeKind.Container => "flow", NodeKind.Control => "noop", _ => "command" },
        Parents = [.. ParentsOf(plan).Select(Name)],
        Condition = Condition(plan),
        EmbeddedWorkflowId = Plans[plan].Kind == NodeKind.Container ? IdOf(plan) : null,
        Properties = new Dictionary<string, string>
        {
            ["retries"] = $"{Plans[plan].Retries}",
            ["retry.backoff"] = $"{Plans[plan].Delay}",
            ["job.timeout"] = Plans[plan].Timeout == 0 ? "none" : $"{Plans[plan].Timeout}",
            ["job.timeout.retries"] = $"{Plans[plan].TimeoutRetries}",
            ["job.succeed.on.failure"] = $"{Plans[plan].IsTolerant}",
        },
        SourceFile = "w.flow",
    };

    private string? Condition(int plan)
    {
        var macro = Plans[plan].Macro switch
        {
            ConditionMacro.AllSuccess => "all_success",
            ConditionMacro.AllFailed => "all_failed",
            ConditionMacro.AllDone => "all_done",
            ConditionMacro.OneFailed => "one_failed",
            ConditionMacro.OneSuccess => "one_success",
            _ => null,
        };
        var question = Plans[plan].AsksParent && ParentsOf(plan) is [var first, ..] ? $"${{{Name(first)}:k}} == '1'" : null;

        return macro is null || question is null ? macro ?? question : $"{macro} && {question}";
    }
}

/// <summary>Sources of random workflows and runs.</summary>
internal static class Scenarios
{
    private static readonly Gen<ConditionMacro?> Macro =
        Gen.Frequency((6, Gen.Const((ConditionMacro?)null)), (4, Gen.Enum<ConditionMacro>().Select(macro => (ConditionMacro?)macro)));

    private static readonly Gen<NodeKind> Kind = Gen.Frequency(
        (7, Gen.Const(NodeKind.Plugin)), (1, Gen.Const(NodeKind.Control)), (2, Gen.Const(NodeKind.Container)));

    private static readonly Gen<NodePlan> Plan = Gen.Select(
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 99].Array[0, 3], Kind),
        Gen.Select(Macro, Gen.Int[0, 5], MostlyZero(3)),
        Gen.Select(MostlyZero(2), MostlyZero(5_000), Gen.Int[0, 9], Gen.Int[0, 9]),
        Gen.Select(MostlyZero(2), Gen.Int[1, 5], MostlyZero(2), MostlyZero(3), Gen.Bool),
        (place, condition, rest, time) => new NodePlan(
            place.Item1, place.Item2, place.Item3, condition.Item1, condition.Item2 == 0, condition.Item3, rest.Item1, rest.Item2,
            time.Item1, time.Item1 == 0 ? 0 : time.Item2, time.Item3, time.Item1 == 0 ? time.Item4 : 0, time.Item5,
            rest.Item3 == 0, rest.Item4 == 0));

    /// <summary>Has a time-out even if it never hangs, so that endings and deadlines race.</summary>
    private static readonly Gen<NodePlan> HurriedPlan =
        Gen.Select(Plan, Gen.Int[0, 5], (plan, timeout) => plan.Timeout > 0 ? plan : plan with { Timeout = timeout });

    private static readonly Gen<StepKind> Calm = Gen.Frequency(
        (10, Gen.Const(StepKind.Answer)), (2, Gen.Const(StepKind.Report)), (2, Gen.Const(StepKind.Wait)),
        (2, Gen.Const(StepKind.AnswerAgain)), (1, Gen.Const(StepKind.Lose)), (1, Gen.Const(StepKind.Interrupt)), (1, Gen.Const(StepKind.Crash)),
        (2, Gen.Const(StepKind.SaveHandle)), (1, Gen.Const(StepKind.Pause)), (2, Gen.Const(StepKind.Resume)));

    private static readonly Gen<StepKind> Wild =
        Gen.Frequency((16, Calm), (1, Gen.Const(StepKind.Cancel)), (2, Gen.Const(StepKind.RetryFailed)));

    /// <summary>Anything may happen.</summary>
    public static Gen<Scenario> Scenario { get; } = Make(Wild, Gen.OneOf(Plan, HurriedPlan), MostlyZero(20), isWild: true);

    /// <summary>
    /// Nobody cancels or retries, so the outcome does not depend on the order of things as long as no failure cuts it short.
    /// </summary>
    public static Gen<Scenario> Undisturbed { get; } = Make(Calm, Plan, Gen.Const(0), isWild: false);

    private static Gen<int> MostlyZero(int max) => Gen.Frequency((5, Gen.Const(0)), (3, Gen.Int[1, max]));

    private static Gen<Scenario> Make(Gen<StepKind> kinds, Gen<NodePlan> plan, Gen<int> timeout, bool isWild) => Gen.Select(
        plan.Array[1, 14], Gen.Enum<FailureAction>(), Gen.Int[1, 4], timeout,
        Gen.Select(kinds, Gen.Int[0, 99], (kind, pick) => new Step(kind, pick)).Array[0, 60],
        (plans, action, maxParallel, limit, steps) => new Scenario(plans, action, maxParallel, limit, isWild, steps));
}
