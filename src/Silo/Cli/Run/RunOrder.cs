namespace Scheduler.Silo.Cli.Run;

/// <summary>What <c>scheduler run</c> was asked to do.</summary>
/// <param name="Path">A zip archive or a folder.</param>
/// <param name="Workflow">Id of the workflow; null takes the only one that is not embedded in another.</param>
/// <param name="Parameters">Workflow-level parameters.</param>
/// <param name="Disabled">Paths of nodes to pass over.</param>
/// <param name="DataFolder">Where the execution is kept; null keeps nothing.</param>
/// <param name="IsPlain">Append-only text even on a terminal.</param>
/// <param name="IsVerbose">Logs of the engine on standard error.</param>
internal sealed record RunOrder(
    string Path, string? Workflow, IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<string> Disabled,
    string? DataFolder, bool IsPlain, bool IsVerbose);
