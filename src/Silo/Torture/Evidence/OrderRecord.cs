using Scheduler.Silo.Torture.Load;

namespace Scheduler.Silo.Torture.Evidence;

/// <summary>What became of an order to run a workflow, as its client saw it.</summary>
/// <param name="Ticket">Of the plan.</param>
/// <param name="Workflow">What was to be run.</param>
/// <param name="Execution">Acknowledged id; null when there never was an answer.</param>
/// <param name="Unanswered">Tries that got no answer: each may have made an execution.</param>
/// <param name="Refusals">Definite answers that say no.</param>
/// <param name="Cancel">Whether it was cancelled.</param>
internal sealed record OrderRecord(
    int Ticket, string Workflow, long? Execution, int Unanswered, IReadOnlyList<string> Refusals, CancelOrder Cancel);

/// <summary>Versions of a project's package.</summary>
/// <param name="Project">Its name.</param>
/// <param name="Acknowledged">Version numbers that uploads were answered with.</param>
/// <param name="Stored">Version numbers in the database at the end.</param>
internal sealed record UploadRecord(string Project, IReadOnlyList<int> Acknowledged, IReadOnlyList<int> Stored);

/// <summary>An execution as the API shows it in the end.</summary>
/// <param name="Execution">Its id.</param>
/// <param name="Status">Azkaban's name.</param>
/// <param name="Nodes">Azkaban's names by path.</param>
/// <param name="Fault">Why it could not be read, or null.</param>
internal sealed record SeenExecution(long Execution, string Status, IReadOnlyDictionary<string, string> Nodes, string? Fault = null);

/// <summary>The log of one attempt as the database holds it.</summary>
/// <param name="Execution">The execution.</param>
/// <param name="Node">Position of the node.</param>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="Chunks">By position.</param>
internal sealed record StoredLog(long Execution, int Node, int Attempt, IReadOnlyList<LogPart> Chunks);

/// <summary>A piece of a log.</summary>
/// <param name="Position">Of its first byte.</param>
/// <param name="Text">Its bytes, which are ASCII here.</param>
internal sealed record LogPart(long Position, string Text);

/// <summary>A log read through the API, once as a whole and once in small pages.</summary>
/// <param name="Execution">The execution.</param>
/// <param name="Path">Path of the node.</param>
/// <param name="Whole">In one piece.</param>
/// <param name="Paged">The pages joined.</param>
internal sealed record PagedLog(long Execution, string Path, string Whole, string Paged);
