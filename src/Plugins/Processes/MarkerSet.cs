using System.Text;

namespace Scheduler.Plugins.Processes;

/// <summary>Markers of attempts, asked whether a process carries one of them in full.</summary>
/// <remarks>
/// One look-up per process however many attempts there are, because attempts of one silo name the same variables.
/// </remarks>
public sealed class MarkerSet
{
    private readonly List<(byte[][] Names, HashSet<string> Values)> _groups = [];

    /// <param name="markers">Variables that a process must all carry to count.</param>
    public MarkerSet(IEnumerable<IReadOnlyDictionary<string, string>> markers)
    {
        var byNames = markers
            .Where(marker => marker.Count > 0)
            .Select(marker => marker.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray())
            .GroupBy(entries => string.Join('=', entries.Select(entry => entry.Key)), StringComparer.Ordinal);
        foreach (var group in byNames)
        {
            var names = group.First().Select(entry => Encoding.UTF8.GetBytes(entry.Key + '=')).ToArray();
            _groups.Add((names, [.. group.Select(entries => string.Join('\0', entries.Select(entry => entry.Value)))]));
        }
    }

    /// <inheritdoc cref="EnvironmentMatch"/>
    public bool Matches(ReadOnlySpan<byte> environment)
    {
        foreach (var (names, values) in _groups)
            if (ValuesOf(names, environment) is { } found && values.Contains(found)) return true;
        return false;
    }

    private static string? ValuesOf(byte[][] names, ReadOnlySpan<byte> environment)
    {
        var found = new string[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (!EnvironmentBlock.TryFind(environment, names[i], out var value)) return null;

            found[i] = Encoding.UTF8.GetString(value);
        }

        return string.Join('\0', found);
    }
}
