namespace Scheduler.Silo.Torture.Faults;

/// <summary>What is done to the cluster.</summary>
internal enum FaultKind
{
    /// <summary><c>kill -9</c> of a silo.</summary>
    Kill = 0,

    /// <summary>A silo is frozen by SIGSTOP and goes on later.</summary>
    Stop = 1,

    /// <summary>A silo is asked to stop by SIGTERM.</summary>
    Term = 2,

    /// <summary>The database is restarted, by its orderly or its immediate way.</summary>
    DatabaseRestart = 3,

    /// <summary>The database ends about half of its connections.</summary>
    ConnectionDrop = 4,

    /// <summary>Connections to the database break, and no new one is taken for a while.</summary>
    NetworkDrop = 5,

    /// <summary>Nothing passes between silos and database for a while, and nobody is told.</summary>
    NetworkHang = 6,
}

/// <summary>The words of the command line for kinds of faults.</summary>
internal static class FaultKinds
{
    private static readonly (FaultKind Kind, string Word)[] Words =
    [
        (FaultKind.Kill, "kill"),
        (FaultKind.Stop, "stop"),
        (FaultKind.Term, "term"),
        (FaultKind.DatabaseRestart, "database-restart"),
        (FaultKind.ConnectionDrop, "connection-drop"),
        (FaultKind.NetworkDrop, "network-drop"),
        (FaultKind.NetworkHang, "network-hang"),
    ];

    public static IReadOnlyList<FaultKind> All { get; } = [.. Words.Select(pair => pair.Kind)];

    public static IReadOnlyList<string> AllWords { get; } = [.. Words.Select(pair => pair.Word)];

    public static string ToWord(this FaultKind kind) => Words.First(pair => pair.Kind == kind).Word;

    /// <summary>Null for a word that names none.</summary>
    public static FaultKind? Find(string word) => Words.Where(pair => pair.Word == word).Select(pair => (FaultKind?)pair.Kind).FirstOrDefault();

    /// <summary>True when it takes a silo out of service as a process.</summary>
    public static bool HitsProcess(this FaultKind kind) => kind is FaultKind.Kill or FaultKind.Stop or FaultKind.Term;

    /// <summary>True when it lies between silos and the database, in a place that only a proxy can reach.</summary>
    public static bool NeedsProxy(this FaultKind kind) => kind is FaultKind.NetworkDrop or FaultKind.NetworkHang;
}
