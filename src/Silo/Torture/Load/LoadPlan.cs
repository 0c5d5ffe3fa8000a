using Scheduler.Contracts.Instances;

namespace Scheduler.Silo.Torture.Load;

/// <summary>An order that is given during a run.</summary>
/// <param name="Ticket">Counted from 1.</param>
/// <param name="At">Since the start of the load.</param>
/// <param name="Workflow">What is to be run.</param>
/// <param name="CancelAfter">How long after its acknowledgement it is cancelled; null when it is not.</param>
internal sealed record PlannedOrder(int Ticket, TimeSpan At, PlannedWorkflow Workflow, TimeSpan? CancelAfter);

/// <summary>What the cluster is given to do; the same for the same seed.</summary>
/// <param name="Workflows">Every form, with every failure action.</param>
/// <param name="Orders">By time.</param>
internal sealed record LoadPlan(IReadOnlyList<PlannedWorkflow> Workflows, IReadOnlyList<PlannedOrder> Orders)
{
    private const int Projects = 3;
    private const int OrdersAtOnce = 6;
    private const int OneCancelledIn = 12;

    /// <summary>Workflows of each form: one that nothing fails, and one for each failure action.</summary>
    private const int Variants = 4;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(1_500);

    public static LoadPlan Create(int seed, TimeSpan duration)
    {
        var random = new Random(seed);
        var workflows = Enumerable.Range(0, WorkflowShapes.All.Count * Variants).Select(number => CreateWorkflow(number, random)).ToList();
        return new LoadPlan(workflows, [.. CreateOrders(workflows, duration, random)]);
    }

    private static PlannedWorkflow CreateWorkflow(int number, Random random)
    {
        var (shape, create) = WorkflowShapes.All[number / Variants];
        var variant = number % Variants;
        var jobs = new JobPlans(random);
        var action = variant == 0 ? FailureAction.FinishRunning : (FailureAction)(variant - 1);
        var plain = new PlannedWorkflow($"torture{number % Projects}", $"{shape}{variant}", action, create(jobs));

        var varied = Disabling.Apply(plain, jobs);
        return variant == 0 ? varied : Breaking.Apply(varied, jobs);
    }

    private static IEnumerable<PlannedOrder> CreateOrders(List<PlannedWorkflow> workflows, TimeSpan duration, Random random)
    {
        var at = TimeSpan.Zero;
        for (var ticket = 1; at < duration; ticket++)
        {
            // Each workflow once, then any of them.
            var workflow = ticket <= workflows.Count ? workflows[ticket * 5 % workflows.Count] : workflows[random.Next(workflows.Count)];
            TimeSpan? cancelAfter = random.Next(OneCancelledIn) == 0 ? TimeSpan.FromMilliseconds(random.Next(0, 4_000)) : null;
            yield return new PlannedOrder(ticket, at, workflow, cancelAfter);
            if (ticket >= OrdersAtOnce) at += ShortestPause + (LongestPause - ShortestPause) * random.NextDouble();
        }
    }
}
