namespace Scheduler.EmptyPlugin;

/// <summary>No plugin.</summary>
public sealed class Nothing;
