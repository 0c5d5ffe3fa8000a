using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Nodes;
using Scheduler.Silo.Cli.Rendering;
using Scheduler.Silo.Storage;

namespace Scheduler.Silo.Cli.Run;

/// <summary>One <c>scheduler run</c> from the path to the exit code.</summary>
internal sealed class RunSession(RunOrder order, TimeProvider clock)
{
    private const int LogLines = 20;
    private const int LogBytes = 64 << 10;

    private readonly Terminal terminal = Terminal.Open(order.IsPlain);

    public async Task<int> RunAsync()
    {
        using var interruption = new Interruption();
        using var kept = order.DataFolder is { } data ? DataFolderLock.Take(data) : null;
        if (order.DataFolder is not null && kept is null)
            return Refuse([$"The folder '{order.DataFolder}' is in use by another scheduler process."]);

        try
        {
            using var temporary = new TemporaryFolder();
            return await RunAsync(temporary.Path, kept?.Folder, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCodes.Failed;
        }
    }

    /// <summary>Most of a short run is starting, so the engine gets ready while the package is read, and starts while it is stored.</summary>
    private async Task<int> RunAsync(string temporary, string? keptIn, CancellationToken interruption)
    {
        var folder = keptIn ?? Path.Combine(temporary, "data");
        var durability = keptIn is null ? Durability.ProcessCrash : Durability.PowerLoss;
        var opening = Task.Run(() => LocalEngine.OpenAsync(folder, durability, order.IsVerbose, interruption), interruption);
        var preparing = RunPreparation.PrepareAsync(order, temporary, interruption);
        await Task.WhenAll(opening, preparing);

        return await preparing switch
        {
            RunPreparation.Refused refused => Refuse(refused.Lines),
            RunPreparation.Ready ready => await RunAsync(ready.Run, await opening, keptIn, interruption),
            _ => throw new InvalidOperationException("A run is ready or refused."),
        };
    }

    private async Task<int> RunAsync(PreparedRun run, LocalEngine engine, string? keptIn, CancellationToken interruption)
    {
        foreach (var warning in run.Warnings) await Console.Error.WriteLineAsync(warning);

        var submission = new RunSubmission(engine.Projects, engine.Executions);
        var starting = Task.Run(() => engine.StartAsync(interruption), interruption);
        var storing = submission.StoreAsync(run, interruption);
        await Task.WhenAll(starting, storing);

        return await submission.SubmitAsync(await storing, run.Workflow.Id, order, interruption) switch
        {
            SubmitResult.Accepted accepted => await FollowAsync(engine.Executions, accepted.ExecutionId, keptIn, interruption),
            var refused => Refuse([RunSubmission.Explain(refused)]),
        };
    }

    private async Task<int> FollowAsync(IExecutions executions, long executionId, string? keptIn, CancellationToken interruption)
    {
        var looks = new ExecutionLook(executions, clock).FollowAsync(executionId, RunSubmission.Runner.Name, interruption);
        var last = await new ProgressDisplay(terminal, clock).ShowAsync(looks);

        terminal.Write([Line.Of(""), Summary.Of(last)]);
        foreach (var node in Summary.Failures(last))
        {
            var tail = await ReadLogTailAsync(executions, executionId, node);
            terminal.Write([Line.Of(""), .. Summary.Failure(node, tail)]);
        }

        if (keptIn is not null) terminal.Write([Line.Of($"Kept in {keptIn} as execution {executionId}.", Looks.Dim)]);
        return last.Summary.Status == ExecutionStatus.Succeeded ? ExitCodes.Succeeded : ExitCodes.Failed;
    }

    private static async Task<IReadOnlyList<string>> ReadLogTailAsync(IExecutions executions, long executionId, NodeView node)
    {
        if (await executions.ReadNodeLogAsync(executionId, node.Path, null, 0, 0, CancellationToken.None) is not { TotalLength: > 0 and var length })
            return [];

        var from = Math.Max(0, length - LogBytes);
        var slice = await executions.ReadNodeLogAsync(executionId, node.Path, null, from, LogBytes, CancellationToken.None);
        return LogTail.LastLines(slice!.Bytes.Span, isWhole: from == 0, LogLines);
    }

    private static int Refuse(IReadOnlyList<string> lines)
    {
        foreach (var line in lines) Console.Error.WriteLine(line);
        return ExitCodes.Invalid;
    }
}
