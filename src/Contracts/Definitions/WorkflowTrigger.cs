namespace Scheduler.Contracts.Definitions;

/// <summary>The <c>trigger</c> block of a Flow 2.0 workflow: a schedule the author ships with it, which excludes another one.</summary>
[GenerateSerializer, Immutable, Alias("scheduler/workflow-trigger")]
public sealed record WorkflowTrigger
{
    /// <summary>Quartz expression whose seconds are <c>0</c>; its syntax has been checked.</summary>
    [Id(0)] public required string Cron { get; init; }

    /// <summary>How long the dependencies may take, from one minute to ten days; null only when there are none.</summary>
    [Id(1)] public TimeSpan? MaxWait { get; init; }

    /// <summary>What has to be there before the workflow starts, in the order written; names are unique.</summary>
    [Id(2)] public IReadOnlyList<TriggerDependency> Dependencies { get; init; } = [];
}

/// <summary>Data a triggered workflow waits for.</summary>
/// <param name="Name">Unique within the trigger.</param>
/// <param name="Type">Which plugin watches it; not checked at upload.</param>
/// <param name="Parameters">For that plugin; unresolved.</param>
[GenerateSerializer, Immutable, Alias("scheduler/trigger-dependency")]
public sealed record TriggerDependency(string Name, string Type, IReadOnlyDictionary<string, string> Parameters);
