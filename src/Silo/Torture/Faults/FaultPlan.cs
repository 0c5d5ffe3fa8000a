namespace Scheduler.Silo.Torture.Faults;

/// <summary>One fault.</summary>
/// <param name="At">Since the start of the load.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Silo">To which silo, counted from 0; <see cref="AllSilos"/> where it meets the database or all of them.</param>
/// <param name="Duration">How long it is frozen, cut off, or kept away before it is started again. Zero for what takes no time.</param>
/// <param name="IsGentle">A restart of the database in its orderly way.</param>
internal sealed record PlannedFault(TimeSpan At, FaultKind Kind, int Silo, TimeSpan Duration, bool IsGentle = false)
{
    public const int AllSilos = -1;

    public override string ToString() =>
        $"{Kind.ToWord()}{(IsGentle ? " (gentle)" : "")}{(Silo == AllSilos ? "" : $" silo {Silo + 1}")}{(Duration > TimeSpan.Zero ? $" for {Duration.TotalSeconds:0.0} s" : "")}";
}

/// <summary>
/// When what is done to the cluster; the same for the same seed. At every moment at least one silo is left alone by the faults
/// that hit processes, with time allowed for the others to come back.
/// </summary>
internal static class FaultPlan
{
    /// <summary>From the end of a fault until its silo does its full work again: restart, or a death vote after a thaw and then a restart.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstAt = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(7);

    /// <summary>By time. The last one begins two seconds before the end of the load at the latest.</summary>
    public static IReadOnlyList<PlannedFault> Create(int seed, int silos, TimeSpan duration, IReadOnlyCollection<FaultKind> kinds)
    {
        // Another series than the load's, so that one can change without the other.
        var random = new Random(unchecked(seed * 31 + 17));
        var openKinds = FaultKinds.All.Where(kinds.Contains).ToList();
        var faults = new List<PlannedFault>();
        var freeAt = new TimeSpan[silos + 1];
        for (var at = FirstAt; openKinds.Count > 0 && at < duration - ShortestPause; at += Between(random, ShortestPause, LongestPause))
        {
            var kind = openKinds[random.Next(openKinds.Count)];
            var fault = Draw(random, at, kind, silos);
            if (!IsPossible(fault, freeAt, silos)) continue;

            faults.Add(fault);
            freeAt[PlaceOf(fault, silos)] = EndOf(fault);
        }

        return faults;
    }

    /// <summary>When what it hits is itself again.</summary>
    public static TimeSpan EndOf(PlannedFault fault) => fault.At + fault.Duration + Recovery;

    private static PlannedFault Draw(Random random, TimeSpan at, FaultKind kind, int silos)
    {
        var silo = random.Next(silos);
        var duration = kind switch
        {
            FaultKind.Kill or FaultKind.Term => Between(random, TimeSpan.Zero, TimeSpan.FromSeconds(10)),
            FaultKind.Stop => Between(random, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(20)),
            FaultKind.NetworkDrop or FaultKind.NetworkHang => Between(random, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(8)),
            _ => TimeSpan.Zero,
        };
        return kind switch
        {
            FaultKind.DatabaseRestart => new(at, kind, PlannedFault.AllSilos, duration, IsGentle: random.Next(2) == 0),
            FaultKind.ConnectionDrop => new(at, kind, PlannedFault.AllSilos, duration),
            FaultKind.NetworkDrop or FaultKind.NetworkHang => new(at, kind, random.Next(3) == 0 ? PlannedFault.AllSilos : silo, duration),
            _ => new(at, kind, silo, duration),
        };
    }

    /// <summary>What it hits must be itself, and a fault of a process must leave another silo alone.</summary>
    private static bool IsPossible(PlannedFault fault, TimeSpan[] freeAt, int silos)
    {
        if (freeAt[PlaceOf(fault, silos)] > fault.At) return false;
        return !fault.Kind.HitsProcess()
            || Enumerable.Range(0, silos).Any(other => other != fault.Silo && freeAt[other] <= fault.At);
    }

    /// <summary>The silo, or the place behind the last one, which stands for the database.</summary>
    private static int PlaceOf(PlannedFault fault, int silos) => fault.Silo == PlannedFault.AllSilos ? silos : fault.Silo;

    private static TimeSpan Between(Random random, TimeSpan least, TimeSpan most) =>
        TimeSpan.FromMilliseconds(Math.Round((least + (most - least) * random.NextDouble()).TotalMilliseconds));
}
