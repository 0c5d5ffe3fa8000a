namespace Scheduler.Silo.Torture.Load;

/// <summary>The forms of generated workflows. Names are such that no node has the name of another in its workflow.</summary>
internal static class WorkflowShapes
{
    /// <summary>By name; a load takes them in turn.</summary>
    public static IReadOnlyList<(string Name, Func<JobPlans, IReadOnlyList<PlannedNode>> Create)> All { get; } =
    [
        ("chain", Chain),
        ("diamond", jobs => Diamond(jobs, "d")),
        ("fan", FanOut),
        ("layers", Layers),
        ("embedded", Embedded),
        ("choice", Choice),
        ("rescue", Rescue),
    ];

    private static List<PlannedNode> Chain(JobPlans jobs) =>
        [.. Enumerable.Range(0, jobs.Between(3, 7)).Select(link => Job($"c{link}", jobs.Next(), link == 0 ? [] : [$"c{link - 1}"]))];

    private static List<PlannedNode> Diamond(JobPlans jobs, string prefix)
    {
        var sides = Enumerable.Range(1, jobs.Between(2, 4)).Select(side => $"{prefix}{side}").ToList();
        return
        [
            Job($"{prefix}0", jobs.Next()),
            .. sides.Select(side => Job(side, jobs.Next(), [$"{prefix}0"])),
            Job($"{prefix}9", jobs.Next(), [.. sides]),
        ];
    }

    private static List<PlannedNode> FanOut(JobPlans jobs)
    {
        var leaves = Enumerable.Range(0, jobs.Between(8, 16)).Select(leaf => $"f{leaf}").ToList();
        return
        [
            new PlannedNode { Name = "fork" },
            .. leaves.Select(leaf => Job(leaf, jobs.NextShort(), ["fork"])),
            new PlannedNode { Name = "join", Parents = leaves },
        ];
    }

    private static List<PlannedNode> Layers(JobPlans jobs)
    {
        var nodes = new List<PlannedNode>();
        List<string> above = [];
        for (var layer = 0; layer < 3; layer++)
        {
            var names = Enumerable.Range(0, jobs.Between(2, 4)).Select(place => $"l{layer}x{place}").ToList();
            nodes.AddRange(names.Select(name => Job(name, jobs.Next(), jobs.Some(above, atMost: 2))));
            above = names;
        }

        return nodes;
    }

    private static List<PlannedNode> Embedded(JobPlans jobs)
    {
        var inner = Diamond(jobs, "i");
        inner.Add(new PlannedNode { Name = "deep", Members = [Job("p", jobs.Next()), Job("q", jobs.Next(), ["p"])], Parents = ["i0"] });
        return
        [
            Job("before", jobs.Next()),
            new PlannedNode { Name = "inner", Parents = ["before"], Members = inner },
            Job("beside", jobs.Next(), ["before"]),
            Job("after", jobs.Next(), ["inner", "beside"]),
        ];
    }

    /// <summary>One of two branches is omitted, by an answer that is only known when it runs.</summary>
    private static List<PlannedNode> Choice(JobPlans jobs) =>
    [
        Job("ask", jobs.Next() with { Failures = 0, IsTolerated = false, Answer = jobs.Between(0, 1) == 0 ? "left" : "right" }),
        Job("left", jobs.Next(), ["ask"]) with { WantedAnswer = "left" },
        Job("right", jobs.Next(), ["ask"]) with { WantedAnswer = "right" },
        Job("either", jobs.Next(), ["left", "right"]) with { Rule = ParentRule.OneSuccess },
        Job("always", jobs.Next(), ["left", "right"]) with { Rule = ParentRule.AllDone },
    ];

    /// <summary>A failure that the nodes behind it expect.</summary>
    private static List<PlannedNode> Rescue(JobPlans jobs) =>
    [
        Job("try", jobs.Next() with { Failures = JobPlan.Always, Retries = jobs.Between(0, 2), IsTolerated = false }),
        Job("safe", jobs.Next() with { Failures = 0 }),
        Job("rescue", jobs.Next(), ["try", "safe"]) with { Rule = ParentRule.OneFailed },
        Job("mourn", jobs.Next(), ["try"]) with { Rule = ParentRule.AllFailed },
        Job("never", jobs.Next(), ["safe"]) with { Rule = ParentRule.AllFailed },
        Job("last", jobs.Next(), ["rescue", "mourn", "never"]) with { Rule = ParentRule.OneSuccess },
    ];

    private static PlannedNode Job(string name, JobPlan job, IReadOnlyList<string>? parents = null) =>
        new() { Name = name, Job = job, Parents = parents ?? [] };
}
