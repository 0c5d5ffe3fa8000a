namespace Scheduler.Contracts.Plugins;

/// <summary>How far an attempt has come. Shown while it runs, and not stored.</summary>
/// <param name="Rows">Rows done so far; null when it does not count rows.</param>
/// <param name="Percent">From 0 to 100; null when the end is not known.</param>
/// <param name="Text">For a person, one short line; null when there is nothing to say.</param>
[GenerateSerializer, Immutable, Alias("scheduler/node-progress")]
public sealed record NodeProgress(long? Rows = null, double? Percent = null, string? Text = null);
