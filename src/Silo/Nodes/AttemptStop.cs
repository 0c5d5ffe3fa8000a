namespace Scheduler.Silo.Nodes;

/// <summary>How one attempt that runs here is told to stop. Safe for any number of threads.</summary>
/// <remarks>Stopping runs callbacks of the plugin, so it may take its time.</remarks>
internal sealed class AttemptStop
{
    private volatile bool isOrdered;

    /// <summary>Signalled by every stop.</summary>
    public CancellationToken Token => Any.Token;

    /// <summary>Signalled when the silo stops, and by nothing else: a kill is no less wanted when its attempt is cancelled.</summary>
    public CancellationToken Leaving => Silo.Token;

    /// <summary>True once its execution does not want it any more.</summary>
    public bool IsOrdered => isOrdered;

    private CancellationTokenSource Any { get; } = new();

    private CancellationTokenSource Silo { get; } = new();

    /// <summary>Its execution does not want it any more.</summary>
    public void Order()
    {
        isOrdered = true;
        Any.Cancel();
    }

    /// <summary>The silo stops; the attempt is to go on elsewhere.</summary>
    public void Leave()
    {
        Any.Cancel();
        Silo.Cancel();
    }
}
