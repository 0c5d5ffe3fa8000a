namespace Scheduler.Silo.Torture.Load;

/// <summary>Makes whoever orders a workflow have some of its nodes passed over.</summary>
internal static class Disabling
{
    private const int OneIn = 8;

    /// <summary>A container that is passed over as a whole hides what is inside it, so nothing in there is marked.</summary>
    public static PlannedWorkflow Apply(PlannedWorkflow workflow, JobPlans jobs) =>
        workflow with { Nodes = [.. workflow.Nodes.Select(node => Mark(node, jobs))] };

    private static PlannedNode Mark(PlannedNode node, JobPlans jobs)
    {
        if (jobs.OneIn(OneIn) && node.Job?.Answer is null) return node with { IsDisabled = true };
        return node.Members is { } members
            ? node with { Members = [.. members.Select(member => member.Members is null && jobs.OneIn(OneIn) ? member with { IsDisabled = true } : member)] }
            : node;
    }
}

/// <summary>
/// Makes one job of a workflow fail for good, in a way that fails the execution. Only one, because with a second one it would be
/// chance which of them comes first and what the other becomes.
/// </summary>
internal static class Breaking
{
    private const int MostTries = 20;

    /// <returns>The workflow as it was when no job is fit for it.</returns>
    public static PlannedWorkflow Apply(PlannedWorkflow workflow, JobPlans jobs)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var candidates = workflow.Nodes.SelectMany(node => node.Members is { } members ? members : [node]).Where(CanBreak).ToList();
            if (candidates.Count == 0) break;

            var chosen = jobs.OneOf(candidates).Name;
            var broken = workflow with { Nodes = [.. workflow.Nodes.Select(node => Break(node, chosen, jobs))] };
            if (NaturalEnding.Of(broken.Places()).Breakers.Count == 1) return broken;
        }

        return workflow;
    }

    private static bool CanBreak(PlannedNode node) => node.Job is { Answer: null, Failures: not JobPlan.Always } && !node.IsDisabled;

    private static PlannedNode Break(PlannedNode node, string chosen, JobPlans jobs) => node switch
    {
        { Members: { } members } => node with { Members = [.. members.Select(member => member.Name == chosen ? Fail(member, jobs) : member)] },
        _ => node.Name == chosen ? Fail(node, jobs) : node,
    };

    private static PlannedNode Fail(PlannedNode node, JobPlans jobs) => node with
    {
        Job = node.Job! with { Failures = JobPlan.Always, IsTolerated = false, Retries = jobs.Between(0, 1) },
    };
}
