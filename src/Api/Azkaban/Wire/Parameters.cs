using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Scheduler.Api.Azkaban.Wire;

/// <summary>
/// The parameters of a request: query and form body in one bag. Names are compared with case, and of a repeated name the first
/// value counts, the query before the body.
/// </summary>
internal sealed class Parameters
{
    /// <summary>A guard for the memory of the process; no client comes near it.</summary>
    private const int MaxCount = 100_000;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>Reads urlencoded texts in the order in which they win.</summary>
    public static Parameters Parse(params ReadOnlySpan<string?> encodedTexts)
    {
        var parameters = new Parameters();
        foreach (var text in encodedTexts)
            foreach (var pair in new QueryStringEnumerable(text))
                parameters.Add(pair.DecodeName().ToString(), pair.DecodeValue().ToString());
        return parameters;
    }

    /// <summary>Adds a value unless the name has one.</summary>
    public void Add(string name, string value)
    {
        // No text of the domain holds this character, and databases refuse it.
        if (name.Contains('\0') || value.Contains('\0'))
            throw new ParameterException("Parameters must not contain the NUL character.", StatusCodes.Status400BadRequest);
        if (values.Count == MaxCount)
            throw new ParameterException("Too many parameters.", StatusCodes.Status400BadRequest);

        values.TryAdd(name, value);
    }

    /// <summary>True when the name was sent, even without a value.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Null when the name was not sent.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);

    public string Require(string name) => Find(name) ?? throw ParameterException.Missing(name);

    public int RequireInt(string name) => TryReadInt(Require(name)) ?? throw ParameterException.NotANumber(Require(name));

    public long RequireLong(string name) => TryReadLong(Require(name)) ?? throw ParameterException.NotANumber(Require(name));

    /// <summary>The default also stands for a text that is no number.</summary>
    public int FindInt(string name, int otherwise) => Find(name) is { } text ? TryReadInt(text) ?? otherwise : otherwise;

    /// <summary>True for the word <c>true</c> in any case, false for any other text.</summary>
    public bool IsTrue(string name, bool otherwise = false) => Find(name) is { } text ? MeansTrue(text) : otherwise;

    public bool RequireTruth(string name) => MeansTrue(Require(name));

    /// <summary>The values of <c>group[key]</c> by key, in the order sent.</summary>
    public Dictionary<string, string> Group(string group)
    {
        var prefix = group + "[";
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(']'))
                found.TryAdd(name[prefix.Length..^1], value);
        return found;
    }

    /// <summary>The values of <c>group[row][key]</c> by row and key.</summary>
    public Dictionary<string, Dictionary<string, string>> Matrix(string group)
    {
        var rows = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (name, value) in Group(group))
        {
            var split = name.IndexOf("][", StringComparison.Ordinal);
            if (split < 0) continue;

            if (!rows.TryGetValue(name[..split], out var row))
                rows[name[..split]] = row = new(StringComparer.Ordinal);
            row.TryAdd(name[(split + 2)..], value);
        }
        return rows;
    }

    private static bool MeansTrue(string text) => text.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static int? TryReadInt(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? TryReadLong(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
