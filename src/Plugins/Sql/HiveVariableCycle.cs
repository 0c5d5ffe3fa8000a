namespace Scheduler.Plugins.Sql;

/// <summary>Finds variables whose values lead back to themselves.</summary>
/// <param name="find">The value of a name as written between the braces; null when it has none.</param>
internal sealed class HiveVariableCycle(Func<string, string?> find)
{
    /// <returns>The names along the circle, the first one again at its end; null when there is no circle.</returns>
    public IReadOnlyList<string>? From(string name)
    {
        HashSet<string> seen = [name];
        List<(string Name, Queue<string> Next)> path = [(name, References(name))];
        while (path.Count > 0)
        {
            if (!path[^1].Next.TryDequeue(out var next)) path.RemoveAt(path.Count - 1);
            else if (path.FindIndex(step => step.Name == next) is >= 0 and var start) return [.. path.Skip(start).Select(step => step.Name), next];
            else if (seen.Add(next)) path.Add((next, References(next)));
        }

        return null;
    }

    private Queue<string> References(string name)
    {
        Queue<string> names = [];
        if (find(name) is not { } value) return names;
        for (var next = HiveReference.Next(value, 0); next is { } reference; next = HiveReference.Next(value, reference.End))
            names.Enqueue(reference.Name);
        return names;
    }
}
