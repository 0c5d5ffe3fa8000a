using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Scheduler.Silo.Packages.Rules;

/// <summary>Property layers seen as one, without a copy: ten thousand nodes may inherit the same thousand keys.</summary>
/// <param name="layers">The strongest first.</param>
internal sealed class LayeredProperties(IReadOnlyList<IReadOnlyDictionary<string, string>> layers) : IReadOnlyDictionary<string, string>
{
    public int Count => Keys.Count();

    public IEnumerable<string> Keys => layers.SelectMany(layer => layer.Keys).Distinct(StringComparer.Ordinal);

    public IEnumerable<string> Values => Keys.Select(key => this[key]);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        foreach (var layer in layers)
            if (layer.TryGetValue(key, out value)) return true;

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        Keys.Select(key => KeyValuePair.Create(key, this[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
