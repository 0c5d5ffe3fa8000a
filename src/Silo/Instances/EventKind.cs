namespace Scheduler.Silo.Instances;

/// <summary>What happened. Values are stored: never renumber, never reuse.</summary>
internal enum EventKind : byte
{
    /// <summary>The first nodes may start.</summary>
    ExecutionStarted = 1,

    /// <summary>A person paused it; <see cref="ExecutionEvent.Text"/> says who.</summary>
    ExecutionPaused = 2,

    /// <summary>A person resumed it; <see cref="ExecutionEvent.Text"/> says who.</summary>
    ExecutionResumed = 3,

    /// <summary>A node failed for good, and that decides the execution.</summary>
    ExecutionFailing = 4,

    /// <summary>
    /// Its nodes are being stopped; <see cref="ExecutionEvent.Text"/> says who wants that, null when its failure action does.
    /// </summary>
    ExecutionCancelling = 5,

    /// <summary>A person gave its failed nodes another try; <see cref="ExecutionEvent.Text"/> says who.</summary>
    ExecutionRetried = 6,

    /// <summary>The end, with <see cref="ExecutionEvent.Outcome"/>.</summary>
    ExecutionEnded = 7,

    /// <summary>A silo took it over; <see cref="ExecutionEvent.Text"/> names it.</summary>
    ExecutionAdopted = 8,

    /// <summary>All that stands before the node is done, but the limit, a pause or its gate holds it.</summary>
    NodeWaiting = 9,

    /// <summary>An attempt was handed out to be run.</summary>
    NodeQueued = 10,

    /// <summary>The attempt really runs. For containers and control nodes: the node has begun.</summary>
    NodeStarted = 11,

    /// <summary>The attempt was told to stop.</summary>
    NodeCancelling = 12,

    /// <summary>A container in which a node has failed for good.</summary>
    NodeFailing = 13,

    /// <summary>The attempt ended, and with it the node, with <see cref="ExecutionEvent.Status"/>.</summary>
    NodeEnded = 14,

    /// <summary>The attempt failed; the next one may start at <see cref="ExecutionEvent.DueAt"/>.</summary>
    NodeRetrying = 15,

    /// <summary>The attempt was lost by the platform; the next one may start at once.</summary>
    NodeLost = 16,

    /// <summary>The node will not run, for <see cref="ExecutionEvent.Omission"/>.</summary>
    NodeOmitted = 17,

    /// <summary>The node was disabled and is passed over.</summary>
    NodeSkipped = 18,

    /// <summary>A person wants the node to have another try; it is back where it was before its turn came.</summary>
    NodeReset = 19,

    /// <summary>The attempt was given back by a silo that is being stopped; the next one may start at once.</summary>
    NodeInterrupted = 20,

    /// <summary>The attempt has run longer than it may and was told to stop.</summary>
    NodeTimingOut = 21,

    /// <summary>Such an attempt has stopped; the next one may start at <see cref="ExecutionEvent.DueAt"/>.</summary>
    NodeTimedOut = 22,

    /// <summary>
    /// The execution has run longer than it may, as long as <see cref="ExecutionEvent.Text"/> says; its nodes are being stopped.
    /// </summary>
    ExecutionTimingOut = 23,

    /// <summary>
    /// Nothing of the attempt runs any more, and it is not over: it is called again at <see cref="ExecutionEvent.DueAt"/>, and waits for what
    /// <see cref="ExecutionEvent.Text"/> says.
    /// </summary>
    NodeSleeping = 24,

    /// <summary>The attempt said by which handle its work that goes on elsewhere is found: <see cref="ExecutionEvent.Text"/>.</summary>
    NodeHandleSaved = 25,
}

/// <summary>Questions a kind answers about itself.</summary>
internal static class EventKindExtensions
{
    /// <summary>True when it is about one node; otherwise it is about the execution as a whole.</summary>
    public static bool IsOfNode(this EventKind kind) =>
        kind is (>= EventKind.NodeWaiting and <= EventKind.NodeTimedOut) or EventKind.NodeSleeping or EventKind.NodeHandleSaved;
}
