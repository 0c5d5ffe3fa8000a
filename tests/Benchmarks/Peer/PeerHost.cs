using Microsoft.Extensions.DependencyInjection;
using Scheduler.Benchmarks.Engine;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Projects;
using Scheduler.Silo.Instances;
using Scheduler.Silo.Storage.Journal;

namespace Scheduler.Benchmarks.Peer;

/// <summary>The engine of this peer, started anew when a workload asks for another number of slots; the database stays.</summary>
internal sealed class PeerHost(string folder, string database, Ledger ledger) : IAsyncDisposable
{
    private EngineHost? engine;
    private int slots;

    public Ledger Ledger => ledger;

    public EngineHost Engine => engine ?? throw new InvalidOperationException("Nothing has been set up");

    public async Task UseSlotsAsync(int wanted)
    {
        if (engine is not null && slots == wanted) return;

        await DisposeAsync();
        (engine, slots) = (await EngineHost.StartAsync(folder, database, wanted, ledger), wanted);
    }

    /// <summary>The package's project, uploaded when it is not there yet.</summary>
    public async Task<Project> ProjectAsync(string name, byte[] package) =>
        await Engine.FindAsync(name) ?? await Engine.UploadAsync(package, name);

    /// <summary>Returns when every execution of the project has ended.</summary>
    public async Task WaitForAllAsync(string project)
    {
        var found = await Engine.FindAsync(project) ?? throw new InvalidOperationException($"There is no project {project}");
        var page = await Engine.Executions.ListAsync(new ExecutionFilter { ProjectId = found.Id }, 0, int.MaxValue, CancellationToken.None);
        if (page.Executions.Count == 0) throw new InvalidOperationException($"Project {project} has no execution");

        foreach (var execution in page.Executions) await Engine.WaitAsync(execution.Id);
    }

    /// <summary>Nodes that have succeeded according to the rows that stand in the database; no grain is asked.</summary>
    public async Task<int> CountStoredAsync(IEnumerable<long> executions)
    {
        var journal = Engine.Services.GetRequiredService<IJournal>();
        var succeeded = 0;
        foreach (var execution in executions)
            foreach (var row in await journal.ReadRowsAsync(execution, 1, int.MaxValue, CancellationToken.None))
                succeeded += ExecutionCodec.DecodeRow(row.Payload.Span).Count(IsSuccess);
        return succeeded;
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null) await engine.DisposeAsync();
        engine = null;
    }

    private static bool IsSuccess(ExecutionEvent happened) =>
        happened.Kind == EventKind.NodeEnded && happened.Status == Contracts.Nodes.NodeStatus.Succeeded;
}
