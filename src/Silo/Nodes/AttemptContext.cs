using Scheduler.Contracts.Definitions;
using Scheduler.Contracts.Nodes;
using Scheduler.Contracts.Packages;
using Scheduler.Contracts.Plugins;
using Scheduler.Silo.Nodes.Credentials;

namespace Scheduler.Silo.Nodes;

/// <summary>What one attempt may use, as this silo provides it.</summary>
internal sealed class AttemptContext(
    AttemptId attempt, NodeDefinition definition, IReadOnlyDictionary<string, string> properties, PackageVersion version, NodeLog log,
    AttemptCredentials credentials, IReadOnlyDictionary<string, string> marker, PackageDirectories directories, TimeProvider clock) : NodeContext
{
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

    public override void Report(NodeProgress progress) { }

    public override Task SaveHandleAsync(string handle, CancellationToken cancellationToken) => Task.CompletedTask;
}
