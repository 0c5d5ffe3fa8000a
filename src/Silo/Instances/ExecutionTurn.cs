namespace Scheduler.Silo.Instances;

/// <summary>What the machine wants done. Only after the events of the same turn are stored.</summary>
internal enum CommandKind : byte
{
    /// <summary>Have a plugin run the attempt.</summary>
    Dispatch = 0,

    /// <summary>Nothing is to be run: report the attempt as succeeded.</summary>
    RunControl = 1,

    /// <summary>
    /// Stop the attempt and report its end; where nothing of it runs, end the work behind its handle. Not sent for control nodes: their end
    /// is on its way.
    /// </summary>
    Stop = 2,

    /// <summary>Send <see cref="ExecutionInput.TimerDue"/> at this time. Replaces an earlier one.</summary>
    WakeAt = 3,
}

/// <summary>An order to the outside world. Repeating it must be harmless.</summary>
internal readonly record struct ExecutionCommand(CommandKind Kind, int Node, int Attempt, int Call, DateTimeOffset At)
{
    public static ExecutionCommand ForAttempt(CommandKind kind, int node, int attempt, int call = 0) => new(kind, node, attempt, call, default);

    public static ExecutionCommand WakeAt(DateTimeOffset at) => new(CommandKind.WakeAt, 0, 0, 0, at);
}

/// <summary>
/// What the inputs of one turn lead to: events, to be stored as one row, and commands, to be carried out once that row is durable.
/// Meant to be kept and cleared. Not thread-safe.
/// </summary>
internal sealed class ExecutionTurn
{
    private readonly List<ExecutionEvent> events = [];
    private readonly List<ExecutionCommand> commands = [];

    public IReadOnlyList<ExecutionEvent> Events => events;

    public IReadOnlyList<ExecutionCommand> Commands => commands;

    public void Add(in ExecutionEvent happened) => events.Add(happened);

    public void Add(in ExecutionCommand command) => commands.Add(command);

    public void Clear()
    {
        events.Clear();
        commands.Clear();
    }
}
