namespace Scheduler.Silo.Torture.Load;

/// <summary>Draws what jobs do. Most are short; a workflow has few that take seconds, so that it ends in less than a minute.</summary>
/// <param name="random">Seeded.</param>
internal sealed class JobPlans(Random random)
{
    private const int MostLines = 12;

    private int longJobsLeft = 2;

    public int Between(int least, int most) => random.Next(least, most + 1);

    /// <summary>True once in this many times.</summary>
    public bool OneIn(int times) => random.Next(times) == 0;

    public JobPlan Next() => Draw(longJobsLeft > 0 && OneIn(4) ? DrawLong() : random.NextDouble());

    /// <summary>Of a workflow with many.</summary>
    public JobPlan NextShort() => Draw(random.NextDouble() * 0.3);

    /// <summary>At least one of them, if there is any.</summary>
    public IReadOnlyList<string> Some(IReadOnlyList<string> names, int atMost) =>
        [.. names.OrderBy(_ => random.Next()).Take(Between(1, atMost)).Order(StringComparer.Ordinal)];

    public PlannedNode OneOf(IReadOnlyList<PlannedNode> nodes) => nodes[random.Next(nodes.Count)];

    private double DrawLong()
    {
        longJobsLeft--;
        return 1 + random.NextDouble() * 4;
    }

    private JobPlan Draw(double seconds)
    {
        var fails = OneIn(5);
        var failures = fails ? Between(1, 2) : 0;
        return new JobPlan(
            Math.Round(seconds, 2), failures, failures + (OneIn(3) ? 1 : 0), TimeSpan.FromMilliseconds(fails ? random.Next(0, 1_500) : 0),
            Between(1, MostLines), IsTolerated: fails && OneIn(4));
    }
}
