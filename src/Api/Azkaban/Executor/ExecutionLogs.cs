using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Instances;
using Scheduler.Contracts.Timeline;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary><c>fetchExecFlowLogs</c>, <c>fetchExecJobLogs</c> and <c>fetchExecJobStats</c>.</summary>
internal sealed class ExecutionLogs(IExecutions executions, IOptions<AzkabanOptions> options)
{
    public async Task<IResult> ReadFlowAsync(ExecutionCall call)
    {
        async Task<LogSlice?> ReadAsync(long from, int count) => await executions.ReadLogAsync(call.Id, from, count, call.Cancelled);

        return await AnswerAsync(call, ReadAsync) ?? Reply.Error($"Cannot find execution '{call.Id}'");
    }

    public async Task<IResult> ReadJobAsync(ExecutionCall call)
    {
        var job = call.Parameters.Require("jobId");
        var attempt = NodeFields.FindAttempt(call.Parameters);
        Task<LogSlice?> ReadAsync(long from, int count) =>
            executions.ReadNodeLogAsync(call.Id, job, attempt, from, count, call.Cancelled);

        return await AnswerAsync(call, ReadAsync) ?? UnknownJob(call, job);
    }

    /// <summary>Jobs cannot attach statistics here, so there never are any.</summary>
    public async Task<IResult> ShowStatsAsync(ExecutionCall call)
    {
        var job = call.Parameters.Require("jobid");
        var view = await executions.GetAsync(call.Id, call.Cancelled);
        return view?.Nodes.Any(node => node.Path == job) == true
            ? Reply.Json(new() { ["jobStats"] = null })
            : UnknownJob(call, job);
    }

    /// <summary>Null when there is no such log.</summary>
    private async Task<IResult?> AnswerAsync(ExecutionCall call, Func<long, int, Task<LogSlice?>> readAsync)
    {
        var offset = Math.Max(0, call.Parameters.RequireLong("offset"));
        var length = (int)Math.Clamp(call.Parameters.RequireLong("length"), 0, options.Value.MaxLogBytes);
        if (await LogPiece.ReadAsync(readAsync, offset, length) is not { } piece) return null;

        var window = LogWindow.Of(piece.Span);
        return new LogReply(window.Length == 0 ? offset : offset + window.Skip, piece.Slice(window.Skip, window.Length));
    }

    private static IResult UnknownJob(ExecutionCall call, string job) => Reply.Error($"Job {job} doesn't exist in {call.Id}");
}
