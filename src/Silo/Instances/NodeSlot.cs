using Scheduler.Contracts.Nodes;

namespace Scheduler.Silo.Instances;

/// <summary>The state of one node, or of the root workflow. Times are milliseconds since the Unix epoch or <see cref="Never"/>.</summary>
internal struct NodeSlot
{
    public const long Never = -1;

    public NodeState State;
    public Omission Omission;

    /// <summary>The current or next attempt, counted from 1.</summary>
    public int Attempt;

    /// <summary>Parents that have not ended.</summary>
    public int OpenParents;

    /// <summary>Parents that have ended as failures.</summary>
    public int FailedParents;

    /// <summary>Members that have not ended.</summary>
    public int OpenMembers;

    /// <summary>End nodes among the members that have ended as failures.</summary>
    public int FailedEnds;
    public long StartedAt;
    public long EndedAt;
    public long UpdatedAt;

    /// <summary>Null for the many nodes with a simple life.</summary>
    public NodeRecord? Record;

    /// <summary>How often the attempt has slept before the current or next call.</summary>
    public readonly int Call => Record?.Call ?? 0;

    /// <summary>By which the work that goes on elsewhere is found again; null when there is none.</summary>
    public readonly string? Handle => Record?.Handle;
}

/// <summary>What only some nodes have: earlier attempts, a reason, outputs.</summary>
internal sealed class NodeRecord
{
    /// <summary>Oldest first.</summary>
    public List<PastAttempt> Past { get; } = [];

    /// <summary>Attempts after the first that count against the author's <c>retries</c>.</summary>
    public int Retries { get; set; }

    /// <summary>Attempts the platform has lost since a person last reset the node.</summary>
    public int Lost { get; set; }

    /// <summary>Attempts that ran longer than they may since a person last reset the node.</summary>
    public int TimedOut { get; set; }

    /// <summary>How often the current attempt has slept.</summary>
    public int Call { get; set; }

    /// <summary>Saved by the current attempt, or by a lost or interrupted one before it.</summary>
    public string? Handle { get; set; }

    /// <summary>When the next attempt may start, or the current one is called again; meaningful while backing off.</summary>
    public long DueAt { get; set; }

    public string? Code { get; set; }

    public string? Text { get; set; }

    /// <summary>Never empty: null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Outputs { get; set; }
}
