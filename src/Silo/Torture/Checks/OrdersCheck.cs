namespace Scheduler.Silo.Torture.Checks;

/// <summary>
/// An order that was acknowledged exists. One that got no answer may exist, once for each try; nothing else does, and no sound
/// order is refused. Acknowledged uploads are stored, and their numbers have no gaps.
/// </summary>
internal static class OrdersCheck
{
    public static CheckResult Look(CaseFile file) =>
        new("acknowledged orders", file.Evidence.Orders.Count, [.. FindLost(file), .. FindStrange(file), .. FindRefused(file)]);

    public static CheckResult LookAtUploads(CaseFile file) => new(
        "acknowledged uploads", file.Evidence.Uploads.Sum(upload => upload.Acknowledged.Count),
        [
            .. from upload in file.Evidence.Uploads
               from version in upload.Acknowledged.Except(upload.Stored)
               select new Violation($"version {version} of project {upload.Project} was acknowledged and is not stored"),
            .. from upload in file.Evidence.Uploads
               where !upload.Stored.Order().SequenceEqual(Enumerable.Range(1, upload.Stored.Count))
               select new Violation($"the versions of project {upload.Project} have gaps: {string.Join(", ", upload.Stored.Order())}"),
        ]);

    private static IEnumerable<Violation> FindLost(CaseFile file)
    {
        var stored = file.Evidence.Executions.ToDictionary(execution => execution.Id);
        var acknowledged = file.Evidence.Orders.Where(order => order.Execution is not null).ToList();
        foreach (var order in acknowledged)
            if (!stored.TryGetValue(order.Execution!.Value, out var execution))
                yield return new($"execution {order.Execution} of {order.Workflow} was acknowledged (order {order.Ticket}) and does not exist");
            else if (execution.Workflow != order.Workflow)
                yield return new($"execution {order.Execution} was acknowledged for {order.Workflow} and runs {execution.Workflow}");

        foreach (var twice in acknowledged.GroupBy(order => order.Execution).Where(group => group.Count() > 1))
            yield return new($"execution {twice.Key} was acknowledged for the orders {string.Join(", ", twice.Select(order => order.Ticket))}");
        if (acknowledged.Count == 0) yield return new("no order was acknowledged at all");
    }

    private static IEnumerable<Violation> FindStrange(CaseFile file)
    {
        var orders = file.Evidence.Orders;
        var acknowledged = orders.Select(order => order.Execution).OfType<long>().ToHashSet();
        foreach (var strange in file.Evidence.Executions.Where(execution => !acknowledged.Contains(execution.Id)).GroupBy(execution => execution.Workflow))
        {
            var unanswered = orders.Where(order => order.Workflow == strange.Key).Sum(order => order.Unanswered);
            if (strange.Count() > unanswered)
                yield return new(
                    $"workflow {strange.Key} has {strange.Count()} executions nobody was told of, and only {unanswered} orders without an answer",
                    [.. strange.Select(execution => $"execution {execution.Id}")]);
        }
    }

    private static IEnumerable<Violation> FindRefused(CaseFile file) =>
        from order in file.Evidence.Orders
        from refusal in order.Refusals
        select new Violation($"order {order.Ticket} for {order.Workflow} was refused: {refusal}");
}
