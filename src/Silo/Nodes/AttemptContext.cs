using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes.Credentials;

namespace Scheduler.Silo.Nodes;

/// <summary>What one attempt may use, as this silo provides it.</summary>
internal sealed class AttemptContext(
    AttemptId attempt, NodeDefinition definition, IReadOnlyDictionary<string, string> properties, PackageVersion version, NodeLog log,
    AttemptCredentials credentials, IReadOnlyDictionary<string, string> marker, PackageDirectories directories, AttemptCalls calls,
    AttemptStop stop, TimeProvider clock, CancellationToken stopping) : NodeContext
{
    /// <summary>Handles live in the journal, which is read as a whole.</summary>
    private const int MaxHandleLength = 4_096;

    private readonly ProgressReports reports = new(progress => calls.Report(attempt, credentials.Hide(progress)), clock);

    public override AttemptId Attempt => attempt;

    public override string NodeName => definition.Name;

    public override string NodeType => definition.Type;

    public override IReadOnlyDictionary<string, string> Properties => properties;

    public override NodeLog Log => log;

    public override IReadOnlyDictionary<string, string> Marker => marker;

    public override TimeProvider Clock => clock;

    public override ValueTask<string> GetPackageDirectoryAsync(CancellationToken cancellationToken) =>
        directories.GetAsync(attempt.ExecutionId, version, cancellationToken);

    public override async ValueTask<string> GetDefaultDirectoryAsync(CancellationToken cancellationToken) =>
        Path.Combine(await GetPackageDirectoryAsync(cancellationToken), definition.Directory);

    public override DataSource? FindDataSource(string name) => credentials.FindDataSource(name);

    public override string Reveal(string text) => credentials.Reveal(text);

    public override bool IsHandedOver => stopping.IsCancellationRequested && !stop.IsOrdered;

    public override void Report(NodeProgress progress) => reports.Report(progress);

    public override async Task SaveHandleAsync(string? handle, CancellationToken cancellationToken)
    {
        if (handle?.Length is 0 or > MaxHandleLength)
            throw new ArgumentException($"A handle has 1 to {MaxHandleLength} characters; this one has {handle.Length}.", nameof(handle));
        if (handle is not null && credentials.Hide(handle) != handle)
            throw new ArgumentException("A handle is stored as it is, and this one holds a secret; find the secret again with Reveal or FindDataSource.", nameof(handle));
        if (await calls.SaveHandleAsync(attempt, handle, cancellationToken)) return;

        // Somebody else may have the attempt by now.
        stop.Order();
        throw new OperationCanceledException($"Attempt {attempt} is not wanted any more", stopping);
    }
}
