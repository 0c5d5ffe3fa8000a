using System.Text.Json.Nodes;
using Scheduler.Api.Azkaban.Wire;
using Scheduler.Contracts.Nodes;

namespace Scheduler.Api.Azkaban.Executor;

/// <summary>Fields of a node of an execution, in Azkaban's terms: attempts count from 0 there.</summary>
internal static class NodeFields
{
    /// <summary>
    /// An attempt that sleeps, or waits to go on, has begun and has not ended, which Azkaban calls running whatever the job does meanwhile:
    /// its clients take any other name for a job that has yet to start, or to start anew.
    /// </summary>
    public static string Status(NodeView node) => node is { Status: NodeStatus.Waiting, StartedAt: not null }
        ? Statuses.NameOf(NodeStatus.Running, WaitingOn.Nothing)
        : Statuses.NameOf(node.Status, node.WaitingOn);

    public static int Attempt(int number) => number - 1;

    /// <summary>The attempt a client names, counted from 1; null, for the latest, when it names none.</summary>
    public static int? FindAttempt(Parameters parameters) =>
        parameters.FindInt("attempt", -1) is >= 0 and < int.MaxValue and var sent ? sent + 1 : null;

    /// <summary>A node that never ran starts and ends in the moment in which that was decided.</summary>
    public static long Start(NodeView node) => Timestamps.Milliseconds(
        node.Status is NodeStatus.Omitted or NodeStatus.Skipped ? node.StartedAt ?? node.EndedAt : node.StartedAt);

    public static void AddTimes(JsonObject json, NodeView node)
    {
        json["startTime"] = Start(node);
        json["endTime"] = Timestamps.Milliseconds(node.EndedAt);
        json["updateTime"] = Timestamps.Milliseconds(node.UpdatedAt);
    }

    /// <summary>Not of Azkaban. Nothing is added for a node that has reported none.</summary>
    public static void AddProgress(JsonObject json, NodeView node)
    {
        if (node.Progress is not var (rows, percent, text)) return;

        var progress = new JsonObject();
        if (rows is not null) progress["rows"] = rows;
        if (percent is not null) progress["percent"] = percent;
        if (text is not null) progress["text"] = text;
        json["progress"] = progress;
    }

    /// <summary>Nothing is added while the first attempt is the only one.</summary>
    public static void AddPastAttempts(JsonObject json, NodeView node)
    {
        if (node.PastAttempts.Count == 0) return;

        json["pastAttempts"] = new JsonArray([.. node.PastAttempts.Select(past => new JsonObject
        {
            ["attempt"] = Attempt(past.Number),
            ["startTime"] = Timestamps.Milliseconds(past.StartedAt),
            ["endTime"] = Timestamps.Milliseconds(past.EndedAt),
            ["status"] = Statuses.NameOf(past.Status, WaitingOn.Nothing),
        })]);
    }
}
