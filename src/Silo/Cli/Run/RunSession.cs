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
        try
        {
            using var temporary = new TemporaryFolder();
            return await PrepareAsync(temporary.Path, interruption.Token) switch
            {
                RunPreparation.Refused refused => Refuse(refused.Lines),
                RunPreparation.Ready ready => await RunAsync(ready.Run, temporary.Path, interruption.Token),
                _ => throw new InvalidOperationException("A run is ready or refused."),
            };
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCodes.Failed;
        }
    }

    private static int Refuse(IReadOnlyList<string> lines)
    {
        foreach (var line in lines) Console.Error.WriteLine(line);
        return ExitCodes.Invalid;
    }

    private async Task<RunPreparation> PrepareAsync(string temporary, CancellationToken cancellationToken)
    {
        var preparation = await RunPreparation.PrepareAsync(order, temporary, cancellationToken);
        if (preparation is RunPreparation.Ready ready)
            foreach (var warning in ready.Run.Warnings) await Console.Error.WriteLineAsync(warning);
        return preparation;
    }

    private async Task<int> RunAsync(PreparedRun run, string temporary, CancellationToken interruption)
    {
        using var kept = order.DataFolder is { } folder ? DataFolderLock.Take(folder) : null;
        if (order.DataFolder is not null && kept is null)
            return Refuse([$"The folder '{order.DataFolder}' is in use by another scheduler process."]);

        await using var engine = kept is null
            ? await LocalEngine.StartAsync(Path.Combine(temporary, "data"), Durability.ProcessCrash, order.IsVerbose, interruption)
            : await LocalEngine.StartAsync(kept.Folder, Durability.PowerLoss, order.IsVerbose, interruption);

        return await new RunSubmission(engine.Projects, engine.Executions).SubmitAsync(run, order, interruption) switch
        {
            (null, var refusal) => Refuse(refusal),
            ({ } executionId, _) => await FollowAsync(engine.Executions, executionId, kept?.Folder, interruption),
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
}
